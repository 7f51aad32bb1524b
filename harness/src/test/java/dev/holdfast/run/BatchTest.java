// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.KernelSeen.Attempt;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.Nonce;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells share boots, and none of them pays for another. */
class BatchTest {

    private static final List<Cell> CELLS = Scenarios.named("linux-thread").orElseThrow().cells()
            .filter(cell -> cell.id().contains("EfiReserved") && !cell.id().contains("reboot")).toList();

    private final List<List<String>> boots = new ArrayList<>();

    @Test
    void cellsThatDifferInTheMappingAloneShareABootWhereTheirGuestTriesSeveral() {
        List<Cell> cells = Scenarios.named("types-by-os").orElseThrow().cells().toList();
        List<Batch> batches = Batch.of(cells);

        assertThat(batches.stream().flatMap(batch -> batch.cells().stream())).containsExactlyInAnyOrderElementsOf(cells);
        assertThat(batches.stream().filter(batch -> batch.first().guest() == GuestKind.CONTRACT)).allMatch(Batch::single);
        assertThat(batches.stream().filter(batch -> batch.first().guest() == GuestKind.LINUX)).hasSize(16)
                .allMatch(batch -> batch.cells().size() == 10
                        && batch.cells().stream().map(Cell::reservation).distinct().count() == 1);
    }

    @Test
    void aBatchIsNoLongerThanAPlanHasRoomFor() {
        Cell cell = CELLS.get(0);
        List<Batch> batches = Batch.of(IntStream.range(0, 40).mapToObj(i -> cell).toList());

        assertThat(batches).hasSizeBetween(3, 4).allMatch(batch -> batch.cells().size() <= 16);
    }

    @Test
    void aMappingThatTakesTheGuestDownCostsTheOthersNothing() {
        Cell culprit = CELLS.get(2);

        List<CellResult> results = run(batch -> batch.cells().contains(culprit)
                ? results(batch, cell -> cell.equals(culprit) ? dead(Attempt.UNDER_WAY)
                : dead(CELLS.indexOf(cell) < 2 ? Attempt.DONE : Attempt.NOT_BEGUN)) : results(batch, cell -> alive()));

        assertThat(results).extracting(CellResult::cell).containsExactlyElementsOf(CELLS);
        assertThat(results).filteredOn(CellResult::failed).extracting(CellResult::cell).containsExactly(culprit);
        assertThat(boots).hasSize(2);
        assertThat(boots.get(1)).hasSize(CELLS.size() - 1);
    }

    @Test
    void severalSuchMappingsCostABootEach() {
        List<CellResult> results = run(batch -> {
            Optional<Cell> culprit = batch.cells().stream().filter(cell -> CELLS.indexOf(cell) % 2 == 1).findFirst();
            return results(batch, cell -> culprit.isEmpty() ? alive()
                    : dead(culprit.get().equals(cell) ? Attempt.UNDER_WAY : Attempt.NOT_BEGUN));
        });

        assertThat(results).filteredOn(CellResult::failed).extracting(result -> CELLS.indexOf(result.cell())).containsExactly(1, 3, 5);
        assertThat(boots).hasSize(4);
    }

    @Test
    void aBootThatDiedBeforeAnyMappingIsNotRepeated() {
        List<CellResult> results = run(batch -> results(batch, cell -> dead(Attempt.NOT_BEGUN)));

        assertThat(results).allMatch(CellResult::failed);
        assertThat(boots).hasSize(1);
    }

    @Test
    void whereNobodyKnowsWhichMappingItWasEachHasABootOfItsOwn() {
        List<CellResult> results = run(batch -> results(batch, cell -> batch.single() ? alive() : dead(Attempt.DONE)));

        assertThat(results).noneMatch(CellResult::failed);
        assertThat(boots).hasSize(1 + CELLS.size());
    }

    @Test
    void aCellThatFailsIsTriedAgainAlone(@TempDir Path folder) {
        Cell failing = CELLS.get(1);
        List<Tries> tries = new Retrying(new BatchRunner(batch -> {
            boots.add(batch.cells().stream().map(Cell::id).toList());
            return results(batch, cell -> cell.equals(failing) && !batch.single() ? dead(Attempt.UNDER_WAY) : alive());
        }), 1, folder).apply(new Batch(CELLS));

        assertThat(tries).filteredOn(one -> !one.earlier().isEmpty()).extracting(one -> one.last().cell()).containsExactly(failing);
        assertThat(boots).last().isEqualTo(List.of(failing.id()));
    }

    private List<CellResult> run(Function<Batch, List<CellResult>> boot) {
        return new BatchRunner(batch -> {
            boots.add(batch.cells().stream().map(Cell::id).toList());
            return boot.apply(batch);
        }).apply(new Batch(CELLS));
    }

    private static List<CellResult> results(Batch batch, Function<Cell, Observation> observed) {
        return batch.cells().stream().map(cell -> {
            Observation seen = observed.apply(cell);
            return new CellResult(cell, Scenarios.promiseOf(cell), Nonce.fresh(), "fork", seen,
                    new Verdict(seen.end().proven() ? Outcome.PASS : Outcome.FAIL, "x"), 1, Path.of("x"), List.of());
        }).toList();
    }

    private static Observation alive() {
        return Observations.kept().withKernel(kernel(Attempt.DONE)).observation();
    }

    private static Observation dead(Attempt attempt) {
        return Observations.kept().withKernel(kernel(attempt)).withEnd(new BootEnd(BootEnd.Kind.PANICKED, "the kernel panicked")).observation();
    }

    private static KernelSeen kernel(Attempt attempt) {
        return new KernelSeen(attempt, List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of());
    }
}
