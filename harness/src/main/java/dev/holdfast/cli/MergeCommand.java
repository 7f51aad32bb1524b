// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.report.Baseline;
import dev.holdfast.report.CellSummary;
import dev.holdfast.report.Comparison;
import dev.holdfast.report.History;
import dev.holdfast.report.Results;
import dev.holdfast.report.Shards;
import dev.holdfast.report.ShardsFault;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "merge", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Join the shards of a run, and refuse them if a cell is missing or there twice.")
final class MergeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "The folders that the shards were given with --out.")
    private List<Path> folders;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = OutFolder.DEFAULT,
            description = "Where the whole run's results go (default: ${DEFAULT-VALUE}). An earlier run's are replaced.")
    private Path out;

    @Option(names = "--partial",
            description = "Join what there is even if shards are missing or were cut; the exit status is then 1 at least.")
    private boolean partial;

    @Option(names = "--strict-flaky", description = "End with status 1 if a cell is flaky; without this, flaky cells are only reported.")
    private boolean strictFlaky;

    @Option(names = "--baseline", paramLabel = "FILE",
            description = "Compare with an earlier run's results.json, and end with status 1 only if something has become worse.")
    private Path baseline;

    @Override
    public Integer call() {
        Path target = out.toAbsolutePath().normalize();
        if (folders.stream().anyMatch(folder -> folder.toAbsolutePath().normalize().equals(target))) {
            throw usage("the whole run's results cannot go to " + out + ", which is a shard's folder; choose another with --out");
        }
        Shards shards = read();
        Optional<Baseline> earlier = Optional.ofNullable(baseline).map(Baseline::read);
        PrintWriter screen = spec.commandLine().getOut();
        try (OutFolder folder = new OutFolder(target); Results results = Results.start(folder.path(), shards.run(), shards.asked())) {
            screen.println(shards.asked().name() + ": " + shards.asked().identity());
            sayDifferences(shards, screen);
            int absent = shards.into(results);
            String missing = String.join("; ", shards.missing());
            Optional<Comparison> comparison = earlier.map(before -> before.compare(results.cells(), gone(results, shards)));
            int status = new FinalReport(screen, strictFlaky).print(results, comparison, "missing: " + missing);
            if (absent > 0) {
                screen.println("folders that results name and that were not beside them: " + absent + "; copy " + OutFolder.CELLS
                        + "/ with the results of a shard");
            }
            record(results, shards, screen);
            screen.flush();
            return missing.isEmpty() ? status : Math.max(status, ExitStatus.BROKEN_PROMISE);
        }
    }

    private Shards read() {
        try {
            Shards shards = Shards.read(folders);
            String missing = String.join("; ", shards.missing());
            if (!missing.isEmpty() && !partial) {
                String words = "the run is not whole: " + missing + "; end it (a shard's own command with --resume carries on), "
                        + "or join what there is with --partial";
                throw shards.absent().isEmpty() ? new EnvironmentFault(words) : usage(words);
            }
            return shards;
        } catch (ShardsFault e) {
            throw usage(e.getMessage());
        }
    }

    private static void sayDifferences(Shards shards, PrintWriter screen) {
        List<String> differences = shards.differences();
        if (!differences.isEmpty()) {
            screen.println("the shards did not all boot the same:");
            differences.forEach(line -> screen.println("  " + line));
        }
    }

    /** A cell of the baseline's that would have been asked for, if it were still there. */
    private static Predicate<String> gone(Results results, Shards shards) {
        if (!shards.missing().isEmpty()) {
            return id -> false;
        }
        Set<String> guests = results.cells().stream().map(CellSummary::id).map(MergeCommand::guest).collect(Collectors.toSet());
        Predicate<String> admits = Choice.of(shards.asked().choice()).admits();
        return id -> admits.test(id) && guests.contains(guest(id));
    }

    private static String guest(String id) {
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }

    /** Recorded once: not if every shard's run is in this history, not if something was broken on purpose, and not in part. */
    private static void record(Results results, Shards shards, PrintWriter screen) {
        History history = History.of(System.getenv());
        if (shards.missing().isEmpty() && !MachineOptions.sabotages(shards.asked().replay()) && !history.hasAll(shards.runs())) {
            history.record(results.run(), results.asked(), results.cells()).ifPresent(screen::println);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
