// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Shard;
import dev.holdfast.run.HostMemory;
import dev.holdfast.run.Runner;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of a run of many cells: which of them, how many at a time, and what becomes of those that fail. */
final class RunOptions {

    private static final int MAX_JOBS = 64;
    /** A machine and the harness wait for each other at both ends of a boot; another machine may use the processor meanwhile. */
    private static final int JOBS_PER_PROCESSOR = 2;
    private static final int MAX_RETRIES = 10;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--filter", paramLabel = "GLOB", defaultValue = Choice.EVERY_CELL,
            description = "Only cells whose id matches; * stands for any characters, ? for one.")
    private String filter;

    @Option(names = "--shard", paramLabel = "K/N", converter = Names.OfShard.class,
            description = "Only the K-th of N equal parts of the cells, K from 1; holdfast merge joins the parts.")
    private Shard shard;

    @Option(names = "--jobs", paramLabel = "N",
            description = "How many machines run at a time, as far as there is memory for them (default: two a processor).")
    private Integer jobs;

    @Option(names = "--fail-fast", description = "Start no more cells after the first that fails.")
    private boolean failFast;

    @Option(names = "--retries", paramLabel = "N", defaultValue = "0",
            description = "Try a cell that fails up to N times more. One that comes through only then is flaky, and said to be.")
    private int retries;

    @Option(names = "--strict-flaky", description = "End with status 1 if a cell is flaky; without this, flaky cells are only reported.")
    private boolean strictFlaky;

    @Option(names = "--resume", description = "Carry on where an earlier run in the same folder was cut, and repeat nothing.")
    private boolean resume;

    @Option(names = "--baseline", paramLabel = "FILE",
            description = "Compare with an earlier run's results.json, and end with status 1 only if something has become worse.")
    private Path baseline;

    /** @throws ParameterException if a number is out of its range; nothing has been touched by then */
    void check() {
        if (jobs != null && (jobs < 1 || jobs > MAX_JOBS)) {
            throw usage("--jobs wants a number from 1 to " + MAX_JOBS + ", not " + jobs);
        }
        if (retries < 0 || retries > MAX_RETRIES) {
            throw usage("--retries wants a number from 0 to " + MAX_RETRIES + ", not " + retries);
        }
    }

    Choice choice() {
        return Choice.matching(filter);
    }

    Optional<Shard> shard() {
        return Optional.ofNullable(shard);
    }

    Runner.Limits limits() {
        int atATime = jobs != null ? jobs : Math.min(MAX_JOBS, JOBS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        return new Runner.Limits(atATime, HostMemory.availableMiB(), failFast);
    }

    int retries() {
        return retries;
    }

    boolean strictFlaky() {
        return strictFlaky;
    }

    boolean resume() {
        return resume;
    }

    Optional<Path> baseline() {
        return Optional.ofNullable(baseline);
    }

    private ParameterException usage(String message) {
        return new CommandLine.ParameterException(command.commandLine(), message);
    }
}
