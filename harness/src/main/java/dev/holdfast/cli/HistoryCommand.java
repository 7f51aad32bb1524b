// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.report.History;
import dev.holdfast.report.HistoryTable;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "history", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Say since when cells fail, and which cells change their verdicts from run to run.")
final class HistoryCommand implements Callable<Integer> {

    private static final int MAX_RUNS = 500;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CELL-GLOB",
            description = "Only cells whose id matches, steady ones too; * stands for any characters, ? for one.")
    private String glob;

    @Option(names = "--runs", paramLabel = "N", defaultValue = "20", description = "How many runs to look back (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() {
        if (runs < 1 || runs > MAX_RUNS) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--runs wants a number from 1 to " + MAX_RUNS + ", not " + runs);
        }
        Map<String, String> environment = System.getenv();
        History history = History.of(environment);
        PrintWriter out = spec.commandLine().getOut();
        out.print(new HistoryTable(Terminal.palette(environment), Terminal.width(environment))
                .render(history.view(glob == null ? "*" : glob, runs), glob != null));
        out.flush();
        return ExitStatus.AS_PROMISED;
    }
}
