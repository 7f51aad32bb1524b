// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.ShellWords;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Matrix;
import dev.holdfast.report.History;
import dev.holdfast.run.MatrixFiles;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Holdfast program;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SCENARIO|FILE.yaml", defaultValue = "osr-thread",
            description = "Which cells (default: ${DEFAULT-VALUE}; see: holdfast list scenarios).")
    private String scenario;

    @Option(names = "--yes", description = "Boot even more than 100,000 cells.")
    private boolean yes;

    @Mixin
    private RunOptions options;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() {
        options.check();
        machine.lookAhead();
        Job job = job();
        List<Guest> guests = machine.bootedGuests(job.cells().stream().map(Cell::guest).collect(Collectors.toSet()));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (OutFolder folder = machine.out();
             Labs labs = new Labs(guests, guest -> machine.lab(guest, notice -> err.println("holdfast: " + notice)))) {
            int cells = job.cells().size();
            String shard = job.shard().map(part -> " of " + job.all().size() + ", shard " + part.label()).orElse("");
            out.println(job.name() + ": " + cells + (cells == 1 && shard.isEmpty() ? " cell" : " cells") + shard + ", "
                    + labs.describe());
            machine.sabotage().ifPresent(sabotage -> out.println("sabotaged on purpose: " + sabotage.breaks()));
            out.flush();
            return new Session(options, job, program.verbose(), out, err).run(Engine.of(labs, job.promises(), folder), folder);
        }
    }

    /** A file's cells must be judged by the file's promises the next time as well. */
    private String replay() {
        return MatrixFiles.isFile(scenario) ? machine.replay() + " --of " + ShellWords.join(List.of(scenario)) : machine.replay();
    }

    private Job job() {
        Matrix matrix = Matrices.find(scenario, yes, spec);
        Choice choice = machine.narrow(options.choice());
        List<Cell> cells = matrix.cells().filter(cell -> choice.admits().test(cell.id())).toList();
        if (cells.isEmpty()) {
            throw machine.usage("no cell of " + matrix.name() + " matches; see: holdfast list cells " + scenario);
        }
        // What fails on purpose is no news of a cell.
        Optional<History> history = machine.sabotage().isPresent() ? Optional.empty() : Optional.of(History.of(System.getenv()));
        return new Job(matrix.name(), choice, cells, options.shard(), matrix::promiseOf, replay(), history);
    }
}
