// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.CellResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /**
     * @param own what a run that begins here would write at the head of its journal; empty if none begins
     * @param go  whether to go on with the journal that is there
     */
    private Results(Path folder, Optional<ResultsJournal.Header> own, boolean go) {
        this.folder = folder;
        this.lock = OutLock.take(folder);
        this.file = new ResultsWriter(folder);
        try {
            Optional<ResultsJournal.Header> earlier = go ? ResultsJournal.header(folder) : Optional.empty();
            own.ifPresent(header -> earlier.ifPresent(other -> refuseAnothers(header.asked(), other.asked())));
            this.run = earlier.or(() -> own).map(ResultsJournal.Header::run).orElseThrow(() -> nothingIn(folder));
            this.asked = own.or(() -> earlier).map(ResultsJournal.Header::asked).orElseThrow(() -> nothingIn(folder));
            this.journal = earlier.isPresent() ? ResultsJournal.reopen(folder, this::keep)
                    : ResultsJournal.create(folder, new ResultsJournal.Header(run, asked));
            for (String report : List.of(JUnitXml.NAME, HtmlPage.NAME)) {
                Files.deleteIfExists(folder.resolve(report));
            }
            file.write(run, asked, journal, totals);
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
        return new Results(folder, Optional.of(new ResultsJournal.Header(run, asked)), false);
    }

    /**
     * Carries on where an earlier run in this folder was cut, as that run; starts anew if there is nothing to carry on.
     *
     * @throws EnvironmentFault also if the earlier run was asked something else
     */
    public static Results resume(Path folder, RunInfo run, Asked asked) {
        return new Results(folder, Optional.of(new ResultsJournal.Header(run, asked)), true);
    }

    /**
     * What an earlier run left in this folder, cut or not, to be reported again.
     *
     * @throws EnvironmentFault if there is nothing, another run has the folder, or it cannot be written to
     */
    public static Results again(Path folder) {
        return new Results(folder, Optional.empty(), true);
    }

    /** Whether a run has left anything in a folder that {@link #again} could report. */
    public static boolean existIn(Path folder) {
        return Files.isRegularFile(folder.resolve(ResultsJournal.NAME));
    }

    private static EnvironmentFault nothingIn(Path folder) {
        return new EnvironmentFault("there is nothing to report in " + folder.resolve(ResultsJournal.NAME)
                + ", which was cut before the end of its first line; run again");
    }

    private void refuseAnothers(Asked asked, Asked other) {
        if (!asked.continues(other)) {
            String difference = asked.sameCells(other) ? "on " + Escaped.of(other.identity()) + ", now on " + asked.identity()
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
     * @param place   where the cell stands among those asked for, from 0
     * @param earlier the cell's tries before this one, which failed, oldest first; empty where the first one decided
     * @return what reports say of it; empty if it was not added
     * @throws EnvironmentFault if it cannot be written
     */
    public synchronized Optional<CellSummary> add(int place, CellResult result, List<CellResult> earlier) {
        if (finished || interrupted()) {
            return Optional.empty();
        }
        try {
            byte[] line = line(place, result, earlier, folder);
            CellSummary cell = CellReader.read(Json.MAPPER.readTree(line));
            add(new ResultsJournal.Line(line, cell));
            return Optional.of(cell);
        } catch (IOException e) {
            throw file.unwritable(e);
        }
    }

    /** Adds a line of another run's journal as it stands. */
    synchronized void add(ResultsJournal.Line line) {
        try {
            journal.append(line.bytes());
            keep(line.cell());
            if (file.isDue()) {
                file.write(run, asked, journal, totals);
            }
        } catch (IOException e) {
            throw file.unwritable(e);
        }
    }

    static byte[] line(int place, CellResult result, List<CellResult> earlier, Path folder) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.createGenerator(line)) {
            CellJson.write(json, place, result, earlier, folder);
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

    /** All cells that are done, in the order in which they were asked for: they end in any order, and tables are to be compared. */
    public synchronized List<CellSummary> cells() {
        return cells.values().stream().sorted(Comparator.comparingInt(CellSummary::place)).toList();
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
