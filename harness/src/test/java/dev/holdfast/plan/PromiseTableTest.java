// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromiseTableTest {

    @Test
    void theThreadsCellsGetThePromisesThatTheDocumentationMakes() {
        assertThat(Scenarios.OSR_THREAD.cells().stream().map(PromiseTable::of).map(Promise::kind))
                .containsExactly("kept", "bugcheck", "kept", "kept", "bugcheck", "open", "open", "open");
    }

    @Test
    void mappingUnlockedPagesUnderVerifierIsPromisedToBugcheckWithTheBlocksOwnNumbers() {
        Promise.BugCheck promise = (Promise.BugCheck) PromiseTable.of(Scenarios.OSR_THREAD.cells().get(1));

        assertThat(promise.code()).isEqualTo(0xC4);
        assertThat(promise.parameters().stream().map(parameter -> parameter.expected(0x300000, 0x10000).orElseThrow()))
                .containsExactly(0x83L, 0x300000L, 0x10000L, 0x300L);
        assertThat(promise.blockSurvives()).isTrue();
    }

    @Test
    void everyCellThatCanBeNamedHasAPromiseWithASource() {
        assertThat(everyCombination()).hasSizeGreaterThan(400).allSatisfy(cell ->
                assertThat(PromiseTable.of(cell).source()).as(cell.id()).hasSizeGreaterThan(40));
    }

    @Test
    void nothingIsPromisedOfMemoryThatAnOsMayTake() {
        assertThat(everyCombination()).filteredOn(cell -> cell.reservation().type().fate() != Fate.KEEP)
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(PromiseTable.of(cell)).as(cell.id()).isInstanceOf(Promise.Open.class));
    }

    private static List<Cell> everyCombination() {
        List<Cell> cells = new ArrayList<>();
        for (MemoryType type : MemoryType.TABLE) {
            for (MapApi api : MapApi.values()) {
                for (CacheType cache : CacheType.values()) {
                    for (VerifierFlags verifier : List.of(VerifierFlags.OFF, VerifierFlags.STANDARD)) {
                        cells.add(new Cell(GuestKind.CONTRACT, new Reservation(type, new Placement.Any(), 1), Locating.THREAD,
                                new Mapping(api, cache), verifier));
                    }
                }
            }
        }
        return cells;
    }
}
