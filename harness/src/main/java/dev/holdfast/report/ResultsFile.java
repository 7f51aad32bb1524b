// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes {@code results.json} (schema {@code holdfast/results/1}) cell by cell, beside its place, and moves it there when it is
 * complete: whoever reads it finds a whole file, the previous run's or this one's. A run that is interrupted closes the file with the
 * cells that are done.
 */
public final class ResultsFile implements AutoCloseable {

    public static final String NAME = "results.json";
    public static final String SCHEMA = "holdfast/results/1";

    private final Path file;
    private final Path temporary;
    private final JsonGenerator json;
    private final Totals totals = new Totals();
    private final Thread atExit = new Thread(this::finish, "results-at-exit");
    private boolean finished;

    /** @throws EnvironmentFault if the folder cannot be written to */
    public ResultsFile(Path folder, RunInfo run) {
        file = folder.resolve(NAME);
        try {
            temporary = Files.createTempFile(folder, ".results", ".json");
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            json = new JsonFactory().createGenerator(new BufferedOutputStream(Files.newOutputStream(temporary)));
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
            writeHead(run);
        } catch (IOException e) {
            throw unwritable(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Adds a result, unless the program is being interrupted: a machine that ends then was ended by the interruption, and what that
     * looks like is no observation.
     *
     * @throws EnvironmentFault if it cannot be written
     */
    public synchronized void add(CellResult result) {
        if (finished || interrupted()) {
            return;
        }
        try {
            CellJson.write(json, result);
            json.flush();
            totals.add(result);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    public Totals totals() {
        return totals;
    }

    public Path file() {
        return file;
    }

    /** @throws EnvironmentFault if it cannot be written or moved to its place */
    @Override
    public void close() {
        finish();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook finds nothing left to do.
            return;
        }
    }

    private synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        try {
            writeTail();
            json.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Whether the JVM is shutting down, which it tells only by refusing hooks. */
    private static boolean interrupted() {
        Thread hook = new Thread(() -> { });
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void writeHead(RunInfo run) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeObjectFieldStart("run");
        json.writeStringField("id", run.id());
        json.writeStringField("started", run.started().toString());
        json.writeStringField("host", run.host());
        json.writeStringField("qemu", run.qemu());
        json.writeStringField("firmware", run.firmware());
        json.writeStringField("accelerator", run.accelerator());
        json.writeStringField("machine", run.machine());
        json.writeStringField("holdfast", run.holdfast());
        json.writeEndObject();
        json.writeArrayFieldStart("cells");
    }

    private void writeTail() throws IOException {
        json.writeEndArray();
        json.writeObjectFieldStart("summary");
        json.writeNumberField("cells", totals.cells());
        for (Outcome outcome : Outcome.values()) {
            json.writeNumberField(outcome.word(), totals.of(outcome));
        }
        json.writeNumberField("millis", totals.millis());
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw("\n");
    }

    private EnvironmentFault unwritable(IOException cause) {
        return new EnvironmentFault("the results cannot be written to " + file + " (" + cause.getMessage()
                + "); make room there or choose another folder with --out", cause);
    }
}
