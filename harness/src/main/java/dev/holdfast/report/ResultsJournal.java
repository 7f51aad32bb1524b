// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.machine.EnvironmentFault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a run has done so far, in a file that is only ever appended to: {@code results.jsonl}, a header and then a line a cell, each a JSON
 * object. Every line is with the operating system before the next cell ends, so that a harness killed with SIGKILL loses no result; a
 * last line that was cut is ignored.
 */
final class ResultsJournal implements AutoCloseable {

    static final String NAME = "results.jsonl";
    static final String SCHEMA = "holdfast/journal/2";
    /** More than the longest line that {@link CellJson} can write. */
    static final int MAX_LINE = 1024 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final long cellsStart;
    private long end;

    private ResultsJournal(Path file, FileChannel channel, long cellsStart, long end) {
        this.file = file;
        this.channel = channel;
        this.cellsStart = cellsStart;
        this.end = end;
    }

    /** Who wrote a journal, and for what. */
    record Header(RunInfo run, Asked asked) {
    }

    /** A cell's line, without its end, and what reports need of it. */
    record Line(byte[] bytes, CellSummary cell) {
    }

    /** How far into the file, in bytes, the header and all whole lines reach. */
    record Extent(long cellsStart, long end) {
    }

    /** Starts a new one in the place of whatever is there. */
    static ResultsJournal create(Path folder, Header header) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        ObjectNode line = RunJson.of(header.run());
        line.put("schema", SCHEMA);
        Asked asked = header.asked();
        ObjectNode member = line.putObject("asked").put("scenario", asked.scenario()).put("choice", asked.choice())
                .put("identity", asked.identity()).put("cells", asked.cells()).put("replay", asked.replay());
        PartJson.write(member, asked.part());
        ResultsJournal journal = new ResultsJournal(file, channel, 0, 0);
        journal.append(line.toString().getBytes(StandardCharsets.UTF_8));
        return new ResultsJournal(file, channel, journal.end, journal.end);
    }

    /**
     * The header of the journal in a folder; empty if there is none, or none that came as far as its first line's end.
     *
     * @throws EnvironmentFault if it is something else than a journal
     */
    static Optional<Header> header(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] line = line(in, file, 1);
            return line == null ? Optional.empty() : Optional.of(header(parse(line, file, 1), file));
        }
    }

    private static Header header(JsonNode line, Path file) {
        JsonNode asked = line.path("asked");
        if (!SCHEMA.equals(line.path("schema").asText()) || !asked.isObject()) {
            throw new EnvironmentFault(file + " is no journal of this version's (" + SCHEMA + "); run without --resume to start over");
        }
        return new Header(RunJson.read(line, file), new Asked(text(asked, "scenario"), text(asked, "choice"), text(asked, "identity"),
                asked.path("cells").asInt(), text(asked, "replay"), PartJson.read(asked, file)));
    }

    private static String text(JsonNode asked, String name) {
        return Escaped.of(asked.path(name).asText());
    }

    /**
     * Opens the journal of a run that was cut, to go on behind its last whole line.
     *
     * @param cells is given each cell that is done
     * @throws EnvironmentFault if a line that is whole is none of a journal's
     */
    static ResultsJournal reopen(Path folder, Consumer<CellSummary> cells) throws IOException {
        Path file = folder.resolve(NAME);
        Extent whole = read(folder, line -> cells.accept(line.cell()));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(whole.end());
        channel.position(whole.end());
        return new ResultsJournal(file, channel, whole.cellsStart(), whole.end());
    }

    /**
     * Reads the whole lines of a journal and leaves it alone.
     *
     * @param cells is given each line but the header
     * @throws EnvironmentFault if a line that is whole is none of a journal's
     */
    static Extent read(Path folder, Consumer<Line> cells) throws IOException {
        Path file = folder.resolve(NAME);
        long start = 0;
        long end = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int number = 1;
            for (byte[] line = line(in, file, number); line != null; line = line(in, file, number)) {
                end += line.length + 1;
                if (number == 1) {
                    start = end;
                } else {
                    cells.accept(new Line(line, cell(line, file, number)));
                }
                number++;
            }
        }
        return new Extent(start, end);
    }

    private static CellSummary cell(byte[] line, Path file, int number) throws IOException {
        try {
            return CellReader.read(parse(line, file, number));
        } catch (IllegalArgumentException e) {
            throw damaged(file, number, e);
        }
    }

    /** The next line without its end; null where no whole line is left. */
    private static byte[] line(InputStream in, Path file, int number) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toByteArray();
            }
            if (line.size() == MAX_LINE) {
                throw damaged(file, number, null);
            }
            line.write(c);
        }
        return null;
    }

    private static JsonNode parse(byte[] line, Path file, int number) throws IOException {
        try {
            return Json.MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw damaged(file, number, e);
        }
    }

    private static EnvironmentFault damaged(Path file, int number, Throwable cause) {
        return new EnvironmentFault("line " + number + " of " + file + " is no result; run without --resume to start over", cause);
    }

    /**
     * Adds a line. One that cannot be written whole is taken back as far as that is possible.
     *
     * @param line JSON without a line's end
     */
    void append(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            end += line.length + 1;
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
    }

    /** The lines of the cells, as they stand in the file. */
    InputStream cells() throws IOException {
        InputStream in = Files.newInputStream(file);
        in.skipNBytes(cellsStart);
        return in;
    }

    /** Bytes that {@link #cells} has; what may stand behind them is no whole line. */
    long cellBytes() {
        return end - cellsStart;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
