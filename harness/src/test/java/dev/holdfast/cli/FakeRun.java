// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.Qemu;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.Batch;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Cells;
import dev.holdfast.run.Contained;
import dev.holdfast.run.Premises;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A run in which everything is real but the boots: for tests of what many cells, full disks and signals do to it. */
@Command(name = "fake")
public final class FakeRun implements Callable<Integer> {

    /** What was run, in the output folder: the id of each cell that came to its end, a line each. */
    static final String RAN = "ran.txt";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options;

    @Option(names = "--out", required = true)
    private Path out;

    @Option(names = "--cells", required = true)
    private int count;

    @Option(names = "--stall-after", description = "Cells after which none comes to an end.")
    private int stallAfter = Integer.MAX_VALUE;

    @Option(names = "--fail-every", description = "Each how many-th cell fails.")
    private int failEvery = Integer.MAX_VALUE;

    @Option(names = "--flaky", description = "Every cell fails at its first try.")
    private boolean flaky;

    @Option(names = "--keep", description = "Bytes that each cell leaves behind.")
    private int keep;

    @Option(names = "--engine", description = "What the cells boot.")
    private String identity = "nothing";

    private final Set<Cell> tried = ConcurrentHashMap.newKeySet();
    private final AtomicInteger started = new AtomicInteger();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new FakeRun())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("holdfast: " + failure.getMessage());
                    return ExitStatus.ENVIRONMENT;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() {
        options.check();
        List<Cell> cells = Cells.many(count).stream().filter(cell -> options.choice().admits().test(cell.id())).toList();
        OutFolder folder = new OutFolder(out);
        RunInfo info = new RunInfo("fake", Instant.now(), "host", "0", "none", "none", "none", "0", "");
        Contained cellRunner = new Contained(Batch.oneByOne(this::boot), new Premises(new Qemu(Path.of("/bin/sh"))::glance, List.of(folder.cells())), PromiseTable::of,
                folder.cells(), "fork");
        Job job = new Job("fake", options.choice(), cells, options.shard(), PromiseTable::of, "./holdfast replay", Optional.empty());
        return new Session(options, job, false, spec.commandLine().getOut(), spec.commandLine().getErr())
                .run(new Engine(cellRunner, info, identity, cell -> 256), folder);
    }

    private CellResult boot(Cell cell) {
        if (started.incrementAndGet() > stallAfter) {
            stall();
        }
        try {
            if (keep > 0) {
                Files.write(new OutFolder(out).cells().resolve("kept-" + cell.reservation().pages()), new byte[keep]);
            }
            Files.writeString(out.resolve(RAN), cell.id() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean failing = cell.reservation().pages() % failEvery == 0 || flaky && tried.add(cell);
        return failing ? Cells.failed(cell) : Cells.passed(cell);
    }

    private static void stall() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
