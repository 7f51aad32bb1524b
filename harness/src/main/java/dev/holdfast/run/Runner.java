// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs many cells, a few at a time, and hands over their results in the order in which they were asked for. */
public final class Runner {

    private final Function<Cell, CellResult> cellRunner;
    private final int jobs;

    /**
     * @param cellRunner runs one cell; called by several threads
     * @param jobs       how many cells run at a time, 1 or more
     */
    public Runner(Function<Cell, CellResult> cellRunner, int jobs) {
        this.cellRunner = cellRunner;
        this.jobs = jobs;
    }

    /**
     * Runs them all. What is waiting for its turn to be handed over is no more than a few results, however many cells there are.
     *
     * @param results is given each result, by the calling thread
     */
    public void run(List<Cell> cells, Consumer<CellResult> results) {
        ExecutorService workers = Executors.newFixedThreadPool(jobs);
        Deque<Future<CellResult>> running = new ArrayDeque<>();
        try {
            for (Cell cell : cells) {
                if (running.size() == 2 * jobs) {
                    results.accept(await(running.remove()));
                }
                running.add(workers.submit(() -> cellRunner.apply(cell)));
            }
            while (!running.isEmpty()) {
                results.accept(await(running.remove()));
            }
        } finally {
            workers.shutdownNow();
        }
    }

    private static CellResult await(Future<CellResult> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the run was interrupted", e);
        }
    }
}
