// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunnerTest {

    private static final List<Cell> CELLS = Scenarios.OSR_THREAD.cells().toList();

    @Test
    void everyCellIsRunOnceAndAResultWaitsForNoOther() {
        CountDownLatch othersAreDone = new CountDownLatch(CELLS.size() - 1);
        List<String> ids = new ArrayList<>();

        runner(CELLS, 2, false, cell -> {
            if (cell == CELLS.get(0)) {
                awaitQuietly(othersAreDone);
            }
            return Cells.triedOnce(cell);
        }, result -> {
            ids.add(result.last().cell().id());
            othersAreDone.countDown();
        }).run();

        assertThat(ids).containsExactlyInAnyOrderElementsOf(CELLS.stream().map(Cell::id).toList());
        assertThat(ids).last().isEqualTo(CELLS.get(0).id());
    }

    @Test
    void noMoreCellsRunAtATimeThanAskedForAndResultsComeOneByOne() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger receiving = new AtomicInteger();

        runner(Cells.many(200), 3, false, cell -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Tries result = Cells.triedOnce(cell);
            running.decrementAndGet();
            return result;
        }, result -> {
            assertThat(receiving.incrementAndGet()).isEqualTo(1);
            receiving.decrementAndGet();
        }).run();

        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aFaultOfTheEnvironmentEndsTheRunAndKeepsWhatIsDone() {
        List<Tries> done = new ArrayList<>();

        assertThatThrownBy(() -> runner(CELLS, 1, false, cell -> {
            if (cell == CELLS.get(3)) {
                throw new EnvironmentFault("the disk is full");
            }
            return Cells.triedOnce(cell);
        }, done::add).run()).isInstanceOf(EnvironmentFault.class).hasMessage("the disk is full");

        assertThat(done).hasSize(3);
    }

    @Test
    void whatIsUnderWayIsBrokenOffWhenTheEnvironmentFails() {
        CountDownLatch otherIsUnderWay = new CountDownLatch(1);
        AtomicBoolean brokenOff = new AtomicBoolean();

        assertThatThrownBy(() -> runner(CELLS.subList(0, 2), 2, false, cell -> {
            if (cell == CELLS.get(0)) {
                awaitQuietly(otherIsUnderWay);
                throw new EnvironmentFault("the disk is full");
            }
            otherIsUnderWay.countDown();
            brokenOff.set(!awaitQuietly(new CountDownLatch(1)));
            return Cells.triedInVain(cell);
        }, result -> { }).run()).isInstanceOf(EnvironmentFault.class);

        assertThat(brokenOff).isTrue();
    }

    @Test
    void afterTheFirstFailureNoCellStartsIfSoAskedFor() {
        List<Tries> done = new ArrayList<>();

        runner(Cells.many(100), 1, true,
                cell -> cell.reservation().pages() == 90 ? Cells.triedInVain(cell) : Cells.triedOnce(cell), done::add).run();

        assertThat(done).hasSize(11);
    }

    @Test
    void onceARunIsAbortedNothingIsHandedOver() {
        CountDownLatch underWay = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        List<Tries> done = new ArrayList<>();
        Runner runner = runner(CELLS, 1, false, cell -> {
            underWay.countDown();
            awaitQuietly(aborted);
            return Cells.triedOnce(cell);
        }, done::add);
        CompletableFuture<Void> run = CompletableFuture.runAsync(runner::run);

        awaitQuietly(underWay);
        runner.abort();
        aborted.countDown();

        assertThat(run).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(done).isEmpty();
    }

    @Test
    void aReceiverThatFailsEndsTheRun() {
        assertThatThrownBy(() -> runner(CELLS, 2, false, Cells::triedOnce, result -> {
            throw new EnvironmentFault("the results cannot be written");
        }).run()).isInstanceOf(EnvironmentFault.class).hasMessage("the results cannot be written");
    }

    private static Runner runner(List<Cell> cells, int jobs, boolean failFast, Function<Cell, Tries> cellRunner,
                                 Consumer<Tries> results) {
        return new Runner(Batch.of(cells), Batch.oneByOne(cellRunner), cell -> 256, new Runner.Limits(jobs, 1_000_000, failFast), results);
    }

    /** Whether the latch opened; if not, somebody wants this thread to end. */
    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
