// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Cells that wait for their turn: the longest first, and never more at a time than memory holds. A cell too large for what is left
 * lets others go first, but only so many; a cell that runs alone may be of any size. Safe for use by several threads.
 */
final class CellQueue {

    /** How many cells may overtake one that waits for memory. */
    static final int PATIENCE = 16;

    private static final Comparator<Deque<Task>> BY_FIRST = Comparator.comparingLong(lane -> lane.getFirst().demand().work());

    /** Cells whose turn it is, which share a boot. */
    record Task(Batch batch, Demand demand) {
    }

    /** By the memory that they take, so that the first of each is all that has to be looked at. */
    private final Map<Integer, Deque<Task>> lanes = new HashMap<>();
    private final int memoryMiB;
    private int takenMiB;
    private int running;
    private int overtaken;
    private boolean closed;

    /**
     * @param machineMiB the RAM of a cell's machine
     * @param memoryMiB  what all that run at a time may take
     */
    CellQueue(List<Batch> batches, ToIntFunction<Cell> machineMiB, int memoryMiB) {
        this.memoryMiB = memoryMiB;
        batches.stream()
                .map(batch -> new Task(batch, Demand.of(batch.first(), machineMiB.applyAsInt(batch.first()))))
                .sorted(Comparator.comparingLong((Task task) -> task.demand().work()).reversed())
                .forEach(task -> lanes.computeIfAbsent(task.demand().memoryMiB(), size -> new ArrayDeque<>()).add(task));
    }

    /** Waits for the next cell that may start; none if there are no more, or the queue was closed. */
    synchronized Optional<Task> take() throws InterruptedException {
        while (!closed && !lanes.isEmpty()) {
            Optional<Deque<Task>> lane = next();
            if (lane.isPresent()) {
                return Optional.of(start(lane.get()));
            }
            wait();
        }
        return Optional.empty();
    }

    /** Gives back what a cell took. */
    synchronized void done(Task task) {
        running--;
        takenMiB -= task.demand().memoryMiB();
        notifyAll();
    }

    /** Lets no more cells start. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private Optional<Deque<Task>> next() {
        Deque<Task> longest = lanes.values().stream().max(BY_FIRST).orElseThrow();
        if (fits(longest)) {
            overtaken = 0;
            return Optional.of(longest);
        }
        if (overtaken == PATIENCE) {
            return Optional.empty();
        }
        Optional<Deque<Task>> other = lanes.values().stream().filter(this::fits).max(BY_FIRST);
        other.ifPresent(lane -> overtaken++);
        return other;
    }

    private boolean fits(Deque<Task> lane) {
        return running == 0 || takenMiB + lane.getFirst().demand().memoryMiB() <= memoryMiB;
    }

    private Task start(Deque<Task> lane) {
        Task task = lane.removeFirst();
        if (lane.isEmpty()) {
            lanes.remove(task.demand().memoryMiB());
            notifyAll();
        }
        running++;
        takenMiB += task.demand().memoryMiB();
        return task;
    }
}
