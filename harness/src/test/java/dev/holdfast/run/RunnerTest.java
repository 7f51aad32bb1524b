// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.wire.Nonce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunnerTest {

    private static final List<Cell> CELLS = Scenarios.OSR_THREAD.cells();

    @Test
    void resultsComeInTheOrderOfTheCellsWhicheverEndsFirst() {
        CountDownLatch secondIsDone = new CountDownLatch(1);
        List<String> ids = new ArrayList<>();

        new Runner(cell -> {
            if (cell == CELLS.get(0)) {
                awaitQuietly(secondIsDone);
            } else {
                secondIsDone.countDown();
            }
            return result(cell);
        }, 2).run(CELLS, result -> ids.add(result.cell().id()));

        assertThat(ids).containsExactlyElementsOf(CELLS.stream().map(Cell::id).toList());
    }

    @Test
    void noMoreCellsRunAtATimeThanAskedFor() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        new Runner(cell -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            CellResult result = result(cell);
            running.decrementAndGet();
            return result;
        }, 3).run(CELLS, result -> { });

        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aFaultOfTheEnvironmentEndsTheRunAndKeepsWhatIsDone() {
        List<CellResult> done = new ArrayList<>();

        assertThatThrownBy(() -> new Runner(cell -> {
            if (cell == CELLS.get(3)) {
                throw new EnvironmentFault("the disk is full");
            }
            return result(cell);
        }, 1).run(CELLS, done::add)).isInstanceOf(EnvironmentFault.class).hasMessage("the disk is full");

        assertThat(done).hasSize(3);
    }

    private static CellResult result(Cell cell) {
        Observation observed = Observations.kept().observation();
        return new CellResult(cell, PromiseTable.of(cell), Nonce.fresh(), "cold", observed,
                Verdicts.judge(cell, PromiseTable.of(cell), observed), 1, Path.of("cells"), List.of("qemu"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
