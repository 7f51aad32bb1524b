// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.CellResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The results of a run: takes each cell's as it comes, keeps it in a journal at once and a summary of it in memory, and writes
 * {@code results.json} now and then, at the end, and when the program is interrupted. Whoever reads that file finds a whole one; after a
 * SIGKILL it lacks at most the last seconds, which the journal has. Holds the output folder's lock from first to last. Safe for use by
 * several threads.
 */
public final class Results implements AutoCloseable {

    private final OutLock lock;
    private final Path folder;
    private final RunInfo run;
    private final Asked asked;
    private final ResultsJournal journal;
    private final ResultsWriter file;
    private final Map<String, CellSummary> cells = new LinkedHashMap<>();
    private final Totals totals = new Totals();
    private final Thread atExit = new Thread(this::finishAtExit, "results-at-exit");
    private boolean finished;

    private Results(Path folder, RunInfo run, Asked asked, boolean resume) {
        this.folder = folder;
        this.asked = asked;
        this.lock = OutLock.take(folder);
        this.file = new ResultsWriter(folder);
        try {
            Optional<ResultsJournal.Header> earlier = resume ? ResultsJournal.header(folder) : Optional.empty();
            earlier.ifPresent(header -> refuseAnothers(header.asked()));
            this.run = earlier.map(ResultsJournal.Header::run).orElse(run);
            this.journal = earlier.isPresent() ? ResultsJournal.reopen(folder, this::keep)
                    : ResultsJournal.create(folder, new ResultsJournal.Header(run, asked));
            Files.deleteIfExists(folder.resolve(JUnitXml.NAME));
            file.write(this.run, asked, journal, totals);
        } catch (IOException e) {
            lock.close();
            throw file.unwritable(e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts anew; results that an earlier run left in the folder are replaced.
     *
     * @throws EnvironmentFault if another run has the folder, or it cannot be written to
     */
    public static Results start(Path folder, RunInfo run, Asked asked) {
        return new Results(folder, run, asked, false);
    }

    /**
     * Carries on where an earlier run in this folder was cut, as that run; starts anew if there is nothing to carry on.
     *
     * @throws EnvironmentFault also if the earlier run was asked something else
     */
    public static Results resume(Path folder, RunInfo run, Asked asked) {
        return new Results(folder, run, asked, true);
    }

    private void refuseAnothers(Asked other) {
        if (!other.equals(asked)) {
            boolean sameCells = other.name().equals(asked.name()) && other.cells() == asked.cells();
            String difference = sameCells ? "on " + Escaped.of(other.identity()) + ", now on " + asked.identity()
                    : Escaped.of(other.name()) + " with " + Words.count(other.cells(), "cell") + ", now " + asked.name() + " with "
                            + Words.count(asked.cells(), "cell");
            throw new EnvironmentFault("the results in " + folder + " are another run's (" + difference
                    + "); run without --resume to start over, or choose another folder with --out");
        }
    }

    /**
     * Adds a result, unless the program is being interrupted: a machine that ends then was ended by the interruption, and what that
     * looks like is no observation.
     *
     * @param earlier the cell's tries before this one, which failed, oldest first; empty where the first one decided
     * @return what reports say of it; empty if it was not added
     * @throws EnvironmentFault if it cannot be written
     */
    public synchronized Optional<CellSummary> add(CellResult result, List<CellResult> earlier) {
        if (finished || interrupted()) {
            return Optional.empty();
        }
        try {
            byte[] line = line(result, earlier, folder);
            journal.append(line);
            CellSummary cell = CellReader.read(Json.MAPPER.readTree(line));
            keep(cell);
            if (file.isDue()) {
                file.write(run, asked, journal, totals);
            }
            return Optional.of(cell);
        } catch (IOException e) {
            throw file.unwritable(e);
        }
    }

    static byte[] line(CellResult result, List<CellResult> earlier, Path folder) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.createGenerator(line)) {
            CellJson.write(json, result, earlier, folder);
        }
        return line.toByteArray();
    }

    private void keep(CellSummary cell) {
        if (cells.putIfAbsent(cell.id(), cell) == null) {
            totals.add(cell);
        }
    }

    /** The run that these are the results of; a resumed run keeps its id and the time of its start. */
    public RunInfo run() {
        return run;
    }

    public Asked asked() {
        return asked;
    }

    /** The ids of the cells that are done. */
    public synchronized Set<String> done() {
        return Set.copyOf(cells.keySet());
    }

    /** All cells that are done, in the order in which they were. */
    public synchronized Collection<CellSummary> cells() {
        return Collections.unmodifiableCollection(new LinkedHashMap<>(cells).values());
    }

    public Totals totals() {
        return totals;
    }

    /** {@code results.json}. */
    public Path file() {
        return file.path();
    }

    /** @throws EnvironmentFault if the file cannot be written or moved to its place */
    @Override
    public void close() {
        try {
            finish();
        } finally {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and the hook finds nothing left to do.
            return;
        }
    }

    private void finishAtExit() {
        try {
            finish();
        } catch (EnvironmentFault e) {
            System.err.println("holdfast: " + e.getMessage());
        }
    }

    private synchronized void finish() {
        if (finished) {
            return;
        }
        finished = true;
        try (lock; journal) {
            file.write(run, asked, journal, totals);
        } catch (IOException e) {
            throw file.unwritable(e);
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
}
