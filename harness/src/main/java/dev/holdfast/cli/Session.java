// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.report.Asked;
import dev.holdfast.report.Baseline;
import dev.holdfast.report.CellSummary;
import dev.holdfast.report.Comparison;
import dev.holdfast.report.Progress;
import dev.holdfast.report.Results;
import dev.holdfast.run.Batch;
import dev.holdfast.run.Retrying;
import dev.holdfast.run.Runner;
import dev.holdfast.run.Tries;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A run of many cells: what is left of them is booted, recorded and shown as it comes, and reported at the end. */
final class Session {

    private final RunOptions options;
    private final Job job;
    private final List<Cell> cells;
    private final boolean verbose;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param verbose whether every frame is shown */
    Session(RunOptions options, Job job, boolean verbose, PrintWriter out, PrintWriter err) {
        this.options = options;
        this.job = job;
        this.cells = job.cells();
        this.verbose = verbose;
        this.out = out;
        this.err = err;
    }

    /**
     * @return the exit status, unless the run is interrupted
     * @throws EnvironmentFault if it cannot begin or go on; what was done by then is kept
     */
    int run(Engine engine, OutFolder folder) {
        // Read first: this run's own results may go to the same place.
        Optional<Baseline> baseline = options.baseline().map(Baseline::read);
        // Closed last: a program that is interrupted stays until the results are in their place.
        try (Interruption interruption = new Interruption(); Results results = results(engine, folder)) {
            boot(engine, folder, results, interruption);
            if (interruption.begun()) {
                sayHowFar("interrupted", results);
                return ExitStatus.ENVIRONMENT;
            }
            Optional<Comparison> comparison = baseline.map(earlier -> earlier.compare(results.cells(), job.gone()));
            int status = new FinalReport(out, options.strictFlaky()).print(results, comparison,
                    "not run, because of --fail-fast; the same command with --resume carries on");
            job.history().flatMap(history -> history.record(results.run(), results.asked(), results.cells())).ifPresent(out::println);
            out.flush();
            return status;
        }
    }

    private Results results(Engine engine, OutFolder folder) {
        Asked asked = job.asked(engine.identity());
        return options.resume() ? Results.resume(folder.path(), engine.info(), asked) : Results.start(folder.path(), engine.info(), asked);
    }

    /** Where each cell stands among all, whichever of them this run boots. */
    private Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        job.all().forEach(cell -> places.put(cell.id(), places.size()));
        return places;
    }

    private void boot(Engine engine, OutFolder folder, Results results, Interruption interruption) {
        Set<String> done = results.done();
        List<Cell> left = cells.stream().filter(cell -> !done.contains(cell.id())).toList();
        Map<String, Integer> places = places();
        Progress progress = new Progress(out, cells.size(), Terminal.interactive(), Terminal.width(System.getenv()));
        Runner runner = new Runner(Batch.of(left), new Retrying(engine.batchRunner(), options.retries(), folder.cells()), engine.machineMiB(),
                options.limits(), tries -> record(places.get(tries.last().cell().id()), tries, results, progress));
        interruption.endsWith(runner::abort);
        try {
            progress.begin(results.totals());
            runner.run();
        } catch (EnvironmentFault e) {
            progress.end();
            sayHowFar("broken off", results);
            throw e;
        } finally {
            progress.end();
        }
    }

    private void record(int place, Tries tries, Results results, Progress progress) {
        Optional<CellSummary> added = results.add(place, tries.last(), tries.earlier());
        added.ifPresent(progress::done);
        if (verbose && added.isPresent()) {
            Channel.print(tries.last().folder(), out);
        }
    }

    private void sayHowFar(String what, Results results) {
        err.println("holdfast: " + what + " after " + results.totals().cells() + " of " + cells.size()
                + " cells; the same command with --resume carries on");
        err.flush();
    }
}
