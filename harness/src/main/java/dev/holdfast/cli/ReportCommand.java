// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.Tools;
import dev.holdfast.report.HtmlPage;
import dev.holdfast.report.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "report", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Write a run's reports again from what it had recorded, even if it was cut, and print its table.")
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "DIR", defaultValue = OutFolder.DEFAULT,
            description = "The run's folder (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--open", description = "Show the page in a browser as well.")
    private boolean open;

    @Override
    public Integer call() {
        if (!Results.existIn(folder)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "there are no results of a run in " + folder
                    + "; name the folder that it was given with --out");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Results results = Results.again(folder.toAbsolutePath().normalize())) {
            out.println(results.asked().name() + ", started " + results.run().started() + " on " + results.run().host() + ", QEMU "
                    + results.run().qemu() + ", " + results.run().accelerator());
            int status = new FinalReport(out, false).print(results, Optional.empty(),
                    "missing, because the run was cut or stopped at a failure; its own command with --resume carries on");
            if (open) {
                Tools.run(Tools.require("xdg-open", "xdg-utils"), List.of(folder.resolve(HtmlPage.NAME).toString()));
            }
            return status;
        }
    }
}
