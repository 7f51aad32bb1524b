// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineFault;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program. */
@Command(name = "holdfast", mixinStandardHelpOptions = true, versionProvider = Holdfast.Version.class, sortOptions = false,
        description = "Does a block of memory that UEFI reserved survive the boot, and may a driver map it?",
        footer = {"", "Exit status: 0 every cell as promised, 1 some are not, 2 usage, 3 the environment."},
        subcommands = {RunCommand.class, ListCommand.class, ReplayCommand.class, ReportCommand.class, MergeCommand.class,
                HistoryCommand.class, DoctorCommand.class, ExplainCommand.class})
public final class Holdfast {

    @Option(names = "--verbose", scope = CommandLine.ScopeType.INHERIT,
            description = "Say more: every frame, and where an error came from.")
    private boolean verbose;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line as it is run, for tests to run it in their own process. */
    static CommandLine commandLine() {
        Holdfast program = new Holdfast();
        return new CommandLine(program)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> program.explain(failure, commandLine))
                .setParameterExceptionHandler((failure, arguments) -> refuse(failure));
    }

    static String version() {
        String version = Holdfast.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    boolean verbose() {
        return verbose;
    }

    private int explain(Exception failure, CommandLine commandLine) {
        PrintWriter err = commandLine.getErr();
        boolean known = failure instanceof EnvironmentFault || failure instanceof MachineFault;
        err.println("holdfast: " + (known ? failure.getMessage() : "internal error: " + failure + "; --verbose shows where"));
        if (verbose) {
            failure.printStackTrace(err);
        }
        return ExitStatus.ENVIRONMENT;
    }

    private static int refuse(CommandLine.ParameterException failure) {
        CommandLine commandLine = failure.getCommandLine();
        PrintWriter err = commandLine.getErr();
        err.println("holdfast: " + failure.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + commandLine.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitStatus.USAGE;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"holdfast " + version()};
        }
    }
}
