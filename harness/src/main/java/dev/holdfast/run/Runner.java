// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Runs many cells once, a few at a time, longest first, and hands over each result as it comes. */
public final class Runner {

    /** What a machine needs to be ended and its folder to be deleted. */
    private static final int LEAVE_SECONDS = 10;

    /**
     * What may run at a time.
     *
     * @param jobs      boots, 1 or more
     * @param memoryMiB memory of their machines, beyond which only one that runs alone may go
     * @param failFast  whether no cell starts after one that failed
     */
    public record Limits(int jobs, int memoryMiB, boolean failFast) {
    }

    private final Function<Batch, List<Tries>> batchRunner;
    private final Limits limits;
    private final CellQueue queue;
    private final Consumer<Tries> results;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * @param batchRunner runs the cells that share a boot, and returns a result for each; called by several threads
     * @param machineMiB  the RAM of a cell's machine
     * @param results     is given each result, by one thread at a time
     */
    public Runner(List<Batch> batches, Function<Batch, List<Tries>> batchRunner, ToIntFunction<Cell> machineMiB, Limits limits,
                  Consumer<Tries> results) {
        this.batchRunner = batchRunner;
        this.limits = limits;
        this.queue = new CellQueue(batches, machineMiB, limits.memoryMiB());
        this.results = results;
    }

    /**
     * Runs them all. What a cell throws ends the run: every cell that is under way is broken off, and what was handed over stands.
     */
    public void run() {
        ExecutorService workers = Executors.newFixedThreadPool(limits.jobs());
        AtomicInteger working = new AtomicInteger(limits.jobs());
        try {
            for (int i = 0; i < limits.jobs(); i++) {
                workers.execute(() -> {
                    work();
                    if (working.decrementAndGet() == 0) {
                        end.complete(null);
                    }
                });
            }
            await();
        } finally {
            queue.close();
            // Whoever is handing over a result gets to the end of it: an interruption would close the files that it writes to.
            synchronized (results) {
                workers.shutdownNow();
            }
            leave(workers);
        }
    }

    /** Ends the run at once: no result is handed over once this has returned. For use by another thread. */
    public void abort() {
        queue.close();
        synchronized (results) {
            end.complete(null);
        }
    }

    private void work() {
        try {
            for (Optional<CellQueue.Task> task = queue.take(); task.isPresent(); task = queue.take()) {
                run(task.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable fault) {
            if (!Shutdown.begun()) {
                end.completeExceptionally(fault);
            }
        }
    }

    private void run(CellQueue.Task task) {
        List<Tries> all;
        try {
            all = batchRunner.apply(task.batch());
        } finally {
            queue.done(task);
        }
        if (Shutdown.begun() || limits.failFast() && all.stream().anyMatch(result -> result.last().failed())) {
            queue.close();
        }
        synchronized (results) {
            if (!end.isDone() && !Shutdown.begun()) {
                all.forEach(results);
            }
        }
    }

    private void await() {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run was interrupted", e);
        }
    }

    private static void leave(ExecutorService workers) {
        if (Shutdown.begun()) {
            return;
        }
        try {
            workers.awaitTermination(LEAVE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
