// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.ShellWords;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.report.OutLock;
import dev.holdfast.report.ResultTable;
import dev.holdfast.run.Batch;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.CellResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Boot one cell, showing every frame and the QEMU command line, and keep everything.")
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CELL", converter = Names.OfCell.class, description = "The cell's id (see: holdfast list cells).")
    private Cell cell;

    @Option(names = "--of", paramLabel = "SCENARIO|FILE.yaml",
            description = "Whose promises hold (default: the first scenario's that has the cell, or else the built-in table's).")
    private String matrix;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() {
        Function<Cell, Promise> promises = matrix == null ? Scenarios::promiseOf : Matrices.find(matrix, true, spec)::promiseOf;
        List<Guest> guests = machine.bootedGuests(Set.of(cell.guest()));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try (OutFolder folder = machine.out();
             Labs labs = new Labs(guests, guest -> machine.lab(guest, notice -> err.println("holdfast: " + notice)))) {
            out.println(labs.describe());
            out.flush();
            // A run that is under way may be at this very cell.
            OutLock lock = OutLock.take(folder.path());
            try (lock) {
                CellResult result = Engine.of(labs, promises, folder).batchRunner().apply(Batch.alone(cell)).get(0);
                print(result, out);
                return result.failed() ? ExitStatus.BROKEN_PROMISE : ExitStatus.AS_PROMISED;
            }
        }
    }

    private void print(CellResult result, PrintWriter out) {
        out.println("started as: " + ShellWords.join(result.commandLine()));
        Path script = result.folder().resolve(CellFolder.SCRIPT);
        if (Files.exists(script)) {
            out.println("by hand, from reset: " + ShellWords.join(List.of("sh", OutFolder.shown(script).toString())));
        }
        out.println();
        Channel.print(result.folder(), out);
        out.println();
        out.print(new ResultTable(Terminal.palette(System.getenv()), Terminal.width(System.getenv()), machine.replay())
                .render(List.of(result)));
        out.println();
        out.println("kept in " + result.folder());
        out.flush();
    }
}
