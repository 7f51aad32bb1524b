// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.Verdict.Outcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Writes {@code results.json} (schema {@code holdfast/results/1}) from a journal, a line a cell, beside its place, and moves it there when
 * it is complete.
 */
final class ResultsWriter {

    static final String NAME = "results.json";
    static final String SCHEMA = "holdfast/results/1";

    private static final long MIN_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();
    /** A run may spend a fiftieth of its time on writing what it would lack if it were killed. */
    private static final int PAUSE_PER_COST = 50;
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private long written;
    private long pause;

    ResultsWriter(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder.resolve(NAME);
    }

    /** Whether the file is so old that it is worth its cost to write it again. */
    boolean isDue() {
        return System.nanoTime() - written >= pause;
    }

    void write(RunInfo run, Asked asked, ResultsJournal journal, Totals totals) throws IOException {
        long start = System.nanoTime();
        // Only one run at a time has the folder, so the name need not be a new one, and a killed run leaves no more than one such file.
        Path temporary = folder.resolve("." + NAME);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER)) {
            ObjectNode members = RunJson.of(run);
            PartJson.write(members, asked.part());
            String head = members.toString();
            out.write(utf8("{\"schema\":\"" + SCHEMA + "\",\n" + head.substring(1, head.length() - 1) + ",\n\"cells\":[\n"));
            copyCells(journal, out);
            out.write(utf8("],\n\"summary\":" + summary(asked, totals) + "}\n"));
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written = System.nanoTime();
        pause = Math.max(MIN_PAUSE_NANOS, PAUSE_PER_COST * (written - start));
    }

    /** A line of the journal is a cell of the file once there is a comma between it and the next. */
    private static void copyCells(ResultsJournal journal, OutputStream out) throws IOException {
        byte[] portion = new byte[BUFFER];
        long left = journal.cellBytes();
        try (InputStream in = journal.cells()) {
            while (left > 0) {
                int length = in.readNBytes(portion, 0, (int) Math.min(portion.length, left));
                if (length == 0) {
                    throw new IOException("the journal has become shorter");
                }
                left -= length;
                int from = 0;
                for (int i = 0; i < length; i++) {
                    if (portion[i] == '\n' && (i + 1 < length || left > 0)) {
                        out.write(portion, from, i - from);
                        out.write(',');
                        from = i;
                    }
                }
                out.write(portion, from, length - from);
            }
        }
    }

    private static ObjectNode summary(Asked asked, Totals totals) {
        ObjectNode summary = Json.MAPPER.createObjectNode().put("asked", asked.cells()).put("cells", totals.cells());
        for (Outcome outcome : Outcome.values()) {
            summary.put(outcome.word(), totals.of(outcome));
        }
        return summary.put("flaky", totals.flaky()).put("millis", totals.millis());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    EnvironmentFault unwritable(IOException cause) {
        return new EnvironmentFault("the results cannot be written to " + path() + " (" + cause.getMessage()
                + "); make room there or choose another folder with --out", cause);
    }
}
