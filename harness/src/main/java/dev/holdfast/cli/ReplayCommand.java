// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.ShellWords;
import dev.holdfast.plan.Cell;
import dev.holdfast.report.ResultTable;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "replay", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Boot one cell, showing every frame and the QEMU command line, and keep everything.")
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CELL", converter = Names.OfCell.class, description = "The cell's id (see: holdfast list cells).")
    private Cell cell;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() {
        Guest guest = machine.bootedGuest();
        Optional<Duration> limit = machine.timeout();
        OutFolder out = machine.out();
        PrintWriter print = spec.commandLine().getOut();
        try (Lab lab = new Lab(guest, limit, machine.display())) {
            print.println(lab.describe());
            print.flush();
            CellResult result = lab.runner(out).run(cell);
            print.println(ShellWords.join(result.commandLine()));
            print.println();
            Channel.print(result.folder(), print);
            print.println();
            print.print(new ResultTable(Terminal.palette(System.getenv()), Terminal.width(System.getenv()), "./holdfast replay")
                    .render(List.of(result)));
            print.println();
            print.println("kept in " + result.folder());
            print.flush();
            return result.verdict().outcome() == Outcome.FAIL ? ExitStatus.BROKEN_PROMISE : ExitStatus.AS_PROMISED;
        }
    }
}
