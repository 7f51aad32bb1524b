// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Scenario;
import dev.holdfast.report.ResultTable;
import dev.holdfast.report.ResultsFile;
import dev.holdfast.report.Totals;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Runner;
import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "run", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Boot every cell of a scenario and compare what was promised with what happened.")
final class RunCommand implements Callable<Integer> {

    private static final int MAX_JOBS = 64;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Holdfast program;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SCENARIO", defaultValue = "osr-thread", converter = Names.OfScenario.class,
            description = "Which cells (default: ${DEFAULT-VALUE}; see: holdfast list scenarios).")
    private Scenario scenario;

    @Mixin
    private MachineOptions machine;

    @Option(names = "--filter", paramLabel = "GLOB", converter = Names.OfGlob.class,
            description = "Only cells whose id matches; * stands for any characters, ? for one.")
    private Pattern filter;

    @Option(names = "--jobs", paramLabel = "N", description = "How many machines run at a time (default: one a processor).")
    private Integer jobs;

    @Override
    public Integer call() {
        List<Cell> cells = cells();
        int atATime = jobs();
        Guest guest = machine.bootedGuest();
        Optional<Duration> limit = machine.timeout();
        OutFolder out = machine.out();
        PrintWriter print = spec.commandLine().getOut();
        try (Lab lab = new Lab(guest, limit, machine.display())) {
            print.println(scenario.name() + ": " + cells.size() + (cells.size() == 1 ? " cell, " : " cells, ") + lab.describe());
            machine.sabotage().ifPresent(sabotage -> print.println("sabotaged on purpose: " + sabotage.breaks()));
            print.flush();
            return run(cells, atATime, lab, out, print);
        }
    }

    private int run(List<Cell> cells, int atATime, Lab lab, OutFolder out, PrintWriter print) {
        List<CellResult> results = new ArrayList<>();
        Progress progress = new Progress(print, cells.size(), Terminal.interactive());
        ResultsFile file = new ResultsFile(out.path(), lab.runInfo());
        try (file) {
            progress.begin();
            new Runner(lab.runner(out)::run, atATime).run(cells, result -> {
                file.add(result);
                results.add(result);
                progress.done(result);
                if (program.verbose()) {
                    Channel.print(result.folder(), print);
                }
            });
        } finally {
            progress.end();
        }
        Map<String, String> environment = System.getenv();
        print.println();
        print.print(new ResultTable(Terminal.palette(environment), Terminal.width(environment), "./holdfast replay").render(results));
        print.println();
        print.println(summary(file.totals()) + "; results: " + file.file());
        print.flush();
        return file.totals().of(Outcome.FAIL) == 0 ? ExitStatus.AS_PROMISED : ExitStatus.BROKEN_PROMISE;
    }

    private static String summary(Totals totals) {
        return totals.cells() + (totals.cells() == 1 ? " cell: " : " cells: ") + totals.of(Outcome.PASS) + " as promised, "
                + totals.of(Outcome.FAIL) + " not, " + totals.of(Outcome.OBSERVED) + " observed where nothing is promised";
    }

    private List<Cell> cells() {
        List<Cell> cells = scenario.cells().stream()
                .filter(cell -> cell.guest() == machine.guest())
                .filter(cell -> filter == null || filter.matcher(cell.id()).matches())
                .toList();
        if (cells.isEmpty()) {
            throw machine.usage("no cell of " + scenario.name() + " matches; see: holdfast list cells " + scenario.name());
        }
        return cells;
    }

    private int jobs() {
        if (jobs != null && (jobs < 1 || jobs > MAX_JOBS)) {
            throw machine.usage("--jobs wants a number from 1 to " + MAX_JOBS + ", not " + jobs);
        }
        return jobs != null ? jobs : Runtime.getRuntime().availableProcessors();
    }
}
