// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenariosTest {

    static Stream<Matrix> all() {
        return Scenarios.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCellHasAnIdOfItsOwnThatNamesItAndFitsIntoAPlan(Matrix matrix) {
        List<Cell> cells = matrix.cells().toList();

        assertThat(cells).isNotEmpty().allSatisfy(cell -> {
            assertThat(cell.id()).hasSizeLessThanOrEqualTo(Cell.MAX_ID);
            assertThat(Cell.named(cell.id())).contains(cell);
        });
        assertThat(cells.stream().map(Cell::id)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCellHasAPromiseWithASource(Matrix matrix) {
        assertThat(matrix.cells()).allSatisfy(cell -> assertThat(matrix.promiseOf(cell).source()).hasSizeGreaterThan(40));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aCellsMachineHasTheRamThatItsPlacementNames(Matrix matrix) {
        assertThat(matrix.cells().filter(cell -> cell.reservation().type().allocatable()))
                .allMatch(cell -> Trait.RAM.of(cell).equals("inside"));
    }

    @Test
    void theTypesAreCrossedWithEveryMappingAndVerifierAndTheRejectedOnesAreThere() {
        Matrix matrix = Scenarios.named("types-by-mapping").orElseThrow();
        Map<Boolean, Long> byAllocatable = matrix.cells()
                .collect(Collectors.partitioningBy(cell -> cell.reservation().type().allocatable(), Collectors.counting()));

        assertThat(byAllocatable.get(true)).isEqualTo(16L * 40 * 2);
        assertThat(matrix.cells().filter(cell -> !cell.reservation().type().allocatable()).map(matrix::promiseOf)).hasSize(5)
                .allSatisfy(promise -> assertThat(((Promise.Refused) promise).status()).isEqualTo(0x8000000000000002L));
    }

    @Test
    void theTypesByOsSetBothGuestsSideBySideAndTryEachWayThatLinuxHas() {
        List<Cell> cells = Scenarios.named("types-by-os").orElseThrow().cells().toList();

        for (GuestKind guest : GuestKind.values()) {
            assertThat(cells.stream().filter(cell -> cell.guest() == guest).map(cell -> cell.reservation().type()).distinct())
                    .as(guest.label()).hasSize(16);
        }
        assertThat(cells.stream().filter(cell -> cell.guest() == GuestKind.LINUX).map(Cell::mapping).distinct())
                .containsExactlyInAnyOrderElementsOf(Mapping.TABLE.stream().filter(mapping -> mapping.api().kernel() == Kernel.LINUX).toList());
        assertThat(cells).noneMatch(cell -> cell.verifier().on());
    }

    @Test
    void thePlacementsReachEachMegabyteBothSidesOfFourGibibytesAndSixtyFourMebibytes() {
        List<Cell> cells = Scenarios.named("placements").orElseThrow().cells().toList();

        for (long megabyte = 1; megabyte <= 16; megabyte++) {
            assertThat(cells).extracting(cell -> cell.reservation().placement()).contains(new Placement.At(megabyte << 20));
        }
        assertThat(cells).extracting(cell -> cell.reservation().placement()).contains(new Placement.At(0x1_0000_0000L),
                new Placement.At(0x1_03FF_0000L), new Placement.Below(0x1_0000_0000L), new Placement.Any(), new Placement.At(0x2200000));
        assertThat(cells).extracting(cell -> cell.reservation().pages()).contains(1L, 16384L);
    }

    @Test
    void theNightlyRunIsEverythingThatShipsAndMore() {
        Matrix nightly = Scenarios.named("nightly").orElseThrow();

        assertThat(nightly.cells().count()).isGreaterThanOrEqualTo(1000);
        assertThat(all().flatMap(Matrix::cells)).allMatch(nightly::contains);
        assertThat(nightly.cells().map(Cell::machine).distinct()).containsExactlyInAnyOrderElementsOf(MachineShape.TABLE);
        assertThat(nightly.cells().map(Cell::mapping).distinct()).containsExactlyInAnyOrderElementsOf(Mapping.TABLE);
    }

    @Test
    void whatNoCellIsCalledNamesNone() {
        for (String id : List.of("", "/", "contract", "contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/no-verifier/56M",
                "contract/EfiLoaderData@first-free,16p/scan/MmMapIoSpace.cached/no-verifier",
                "contract/Efi*@any/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiLoaderData@at 0x1000/scan/MmMapIoSpace.cached/verifier", "contract/all@any/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiLoaderData/scan/MmMapIoSpace.cached/verifier", "linux/EfiLoaderData@any/scan/MmMapIoSpace.cached/verifier")) {
            assertThat(Cell.named(id)).as(id).isEmpty();
        }
    }
}
