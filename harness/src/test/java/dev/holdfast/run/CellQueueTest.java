// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CellQueueTest {

    /** A machine of 1 GiB for cells of more than 1000 pages, of 256 MiB for others. */
    private static final ToIntFunction<Cell> MACHINES = cell -> cell.reservation().pages() > 1000 ? 1024 : 256;
    private static final int SMALL = 256 + Demand.OVERHEAD_MIB;
    private static final int LARGE = 1024 + Demand.OVERHEAD_MIB;

    @Test
    void theLongestGoesFirst() throws InterruptedException {
        CellQueue queue = queue(List.of(Cells.ofPages(1), Cells.ofPages(1002), Cells.ofPages(500), Cells.ofPages(1001)), MACHINES,
                10_000);

        assertThat(pagesOf(queue, 4)).containsExactly(1002L, 1001L, 500L, 1L);
        assertThat(queue.take()).isEmpty();
    }

    @Test
    void largeMachinesDoNotRunTogetherWhereMemoryLacksAndSmallOnesGoBesideThem() throws InterruptedException {
        CellQueue queue = queue(List.of(Cells.ofPages(1002), Cells.ofPages(1001), Cells.ofPages(1)), MACHINES, LARGE + SMALL);

        CellQueue.Task large = queue.take().orElseThrow();
        CellQueue.Task small = queue.take().orElseThrow();
        assertThat(small.batch().first().reservation().pages()).isEqualTo(1);

        CompletableFuture<Optional<CellQueue.Task>> next = CompletableFuture.supplyAsync(() -> takeFrom(queue));
        queue.done(small);
        assertThat(next).isNotDone();
        queue.done(large);
        assertThat(next).succeedsWithin(5, TimeUnit.SECONDS)
                .satisfies(task -> assertThat(task.orElseThrow().batch().first().reservation().pages()).isEqualTo(1001));
    }

    @Test
    void aMachineThatIsTooLargeForThisComputerRunsAlone() throws InterruptedException {
        CellQueue queue = queue(List.of(Cells.ofPages(1001), Cells.ofPages(1)), MACHINES, 1);

        CellQueue.Task large = queue.take().orElseThrow();
        CompletableFuture<Optional<CellQueue.Task>> next = CompletableFuture.supplyAsync(() -> takeFrom(queue));
        assertThat(next).isNotDone();
        queue.done(large);
        assertThat(next).succeedsWithin(5, TimeUnit.SECONDS).satisfies(task -> assertThat(task).isPresent());
    }

    @Test
    void aLargeCellIsOvertakenOnlySoOften() throws InterruptedException {
        List<Cell> cells = new ArrayList<>(Cells.many(100));
        cells.add(Cells.ofPages(1002));
        cells.add(Cells.ofPages(1001));
        CellQueue queue = queue(cells, MACHINES, LARGE + SMALL);
        CellQueue.Task first = queue.take().orElseThrow();
        for (int i = 0; i < CellQueue.PATIENCE; i++) {
            queue.done(queue.take().orElseThrow());
        }

        CompletableFuture<Optional<CellQueue.Task>> next = CompletableFuture.supplyAsync(() -> takeFrom(queue));
        assertThat(next).isNotDone();
        queue.done(first);
        assertThat(next).succeedsWithin(5, TimeUnit.SECONDS)
                .satisfies(task -> assertThat(task.orElseThrow().batch().first().reservation().pages()).isEqualTo(1001));
    }

    @Test
    void whoWaitsWhenTheQueueIsClosedIsSentHome() throws InterruptedException {
        CellQueue queue = queue(List.of(Cells.ofPages(1001), Cells.ofPages(1)), MACHINES, 1);
        queue.take();
        CompletableFuture<Optional<CellQueue.Task>> next = CompletableFuture.supplyAsync(() -> takeFrom(queue));

        queue.close();

        assertThat(next).succeedsWithin(5, TimeUnit.SECONDS).satisfies(task -> assertThat(task).isEmpty());
    }

    @Test
    void memoryIsWhatTheKernelSaysCanBeHadOrTheControlGroupsLimit() {
        String meminfo = "MemTotal:       24683520 kB\nMemFree:         1000 kB\nMemAvailable:    2097152 kB\nBuffers: 1 kB\n";

        assertThat(HostMemory.availableMiB(meminfo, 1L << 40)).isEqualTo(2048);
        assertThat(HostMemory.availableMiB(meminfo, 512L << 20)).isEqualTo(512);
        assertThat(HostMemory.availableMiB()).isPositive();
    }

    private static CellQueue queue(List<Cell> cells, ToIntFunction<Cell> machineMiB, int memoryMiB) {
        return new CellQueue(Batch.of(cells), machineMiB, memoryMiB);
    }

    private static List<Long> pagesOf(CellQueue queue, int count) throws InterruptedException {
        List<Long> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(queue.take().orElseThrow().batch().first().reservation().pages());
        }
        return pages;
    }

    private static Optional<CellQueue.Task> takeFrom(CellQueue queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
