// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MatrixTest {

    @Test
    void whatAMatrixDoesNotSayStaysAsTheThreadHasIt() {
        assertThat(ids(matrix("axes: {}"))).containsExactly(
                "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/no-verifier");
    }

    @Test
    void axesAreCrossedAndTheLastChangesFirst() {
        assertThat(ids(matrix("axes: {type: [EfiLoaderData, EfiPalCode], verifier: [on, off], placement: at 0x200000}"))).containsExactly(
                "contract/EfiLoaderData@0x200000/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiLoaderData@0x200000/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiPalCode@0x200000/scan/MmMapIoSpace.cached/verifier",
                "contract/EfiPalCode@0x200000/scan/MmMapIoSpace.cached/no-verifier");
    }

    @Test
    void aProductOfSeveralGuestsHasOnlyWhatEachOfThemHas() {
        Matrix both = matrix("axes: {guest: [contract, linux], mapping: [MmMapIoSpace.cached, memremap.*], verifier: all, reboot: [none, kexec], "
                + "model: [strict, \"pfn:ram\"]}");

        assertThat(both.cells().filter(cell -> cell.guest() == GuestKind.CONTRACT).map(Cell::id).toList()).hasSize(4)
                .allMatch(id -> id.contains("/MmMapIoSpace.cached/"));
        assertThat(both.cells().filter(cell -> cell.guest() == GuestKind.LINUX).map(cell -> cell.mapping().label() + cell.trial().reboot().word()))
                .containsExactlyInAnyOrder("memremap.cachednone", "memremap.writethroughnone", "memremap.writecombinednone",
                        "memremap.cachedkexec", "memremap.writethroughkexec", "memremap.writecombinedkexec");
        assertThat(matrix("axes: {guest: [linux, contract]}").cells().map(cell -> cell.mapping().label()))
                .containsExactly("memremap.cached", "MmMapIoSpace.cached");
        assertThat(both.combinations()).isEqualTo(BigInteger.valueOf((1 + 3) * 2 * 2 * 2));
    }

    @Test
    void theMachineIsPartOfTheIdWhereItIsNotTheUsualOne() {
        assertThat(ids(matrix("axes: {machine: [default, 56M, 256M-split], pages: 2MiB}"))).containsExactly(
                "contract/EfiReservedMemoryType@first-free,512p/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiReservedMemoryType@first-free,512p/scan/MmMapIoSpace.cached/no-verifier/256M-split");
    }

    @Test
    void exclusionsTakeAwayFromTheAxesAndInclusionsAddToThem() {
        Matrix matrix = matrix("""
                axes: {type: [EfiLoaderData, EfiPalCode, 0x70000001], verifier: all}
                exclude:
                  - {type: 0x70000000..0x7FFFFFFF, verifier: on}
                  - {fate: reclaim}
                include:
                  - {type: EfiLoaderData, verifier: on}""");

        assertThat(ids(matrix)).containsExactly(
                "contract/EfiPalCode@first-free/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiPalCode@first-free/scan/MmMapIoSpace.cached/verifier",
                "contract/0x70000001@first-free/scan/MmMapIoSpace.cached/no-verifier",
                "contract/EfiLoaderData@first-free/scan/MmMapIoSpace.cached/verifier");
    }

    @Test
    void aCellThatIsNamedTwiceComesOnce() {
        Matrix matrix = matrix("""
                axes: {type: [EfiPalCode, EfiPalCode, Efi*Code], locating: [default, scan 0x100000..0x1000000 step 0x100000]}
                include: [{type: EfiPalCode}, {type: EfiPalCode, machine: 56M}]
                import: [osr-thread, osr-thread]""");

        List<String> ids = ids(matrix);

        assertThat(ids).doesNotHaveDuplicates().hasSize(4 + 8);
        assertThat(matrix.combinations()).isEqualTo(BigInteger.valueOf(6 * 2 + 2 + 16));
        assertThat(matrix.cells()).allMatch(matrix::contains);
    }

    @Test
    void aMatrixsPromisesComeBeforeTheTablesAndSayWhoMakesThem() {
        Matrix matrix = matrix("""
                axes: {verifier: all}
                promises:
                  - {when: {verifier: off}, promise: {refused: STATUS_CONFLICTING_ADDRESSES}, reason: a test}
                  - {when: {verifier: off}, promise: open, reason: too late}""");
        List<Promise> promises = matrix.cells().map(matrix::promiseOf).toList();

        assertThat(promises.get(0)).isEqualTo(new Promise.Refused(0xC0000018L, false,
                "a test (said by the matrix m, m.yaml, in the place of the built-in table)"));
        assertThat(promises.get(1)).isInstanceOf(Promise.BugCheck.class);
    }

    @Test
    void anImportedMatrixKeepsItsPromisesUnlessTheImportingOneHasOthers() {
        String taken = "axes: {placement: at 0xF00000}\nimport: [placements]\n";
        Cell cell = matrix(taken).cells().findFirst().orElseThrow();

        assertThat(PromiseTable.of(cell)).isInstanceOf(Promise.Kept.class);
        assertThat(matrix(taken).promiseOf(cell)).isInstanceOf(Promise.Open.class);
        assertThat(matrix(taken + "promises: [{when: {}, promise: kept, reason: a test}]").promiseOf(cell))
                .isInstanceOf(Promise.Kept.class);
    }

    @Test
    void combinationsAreCountedWithoutAnOverflow() {
        String each = "[each 0x100000..0x1000000000 step 0x1000000]";
        Matrix matrix = matrix("axes: {placement: " + each + ", type: all, mapping: all, verifier: all, machine: all, pages: "
                + numbers(4000) + ", locating: " + walks(4000) + "}");

        assertThat(matrix.combinations()).isEqualTo(BigInteger.valueOf(4096).multiply(BigInteger.valueOf(21L * 40 * 2 * MachineShape.TABLE.size()))
                .multiply(BigInteger.valueOf(4000L * 4000)));
    }

    @Test
    @Timeout(20)
    void aHundredThousandCellsAreMadeOneByOneAndTenThousandFitIntoTwentyMegabytes() {
        Matrix matrix = matrix("axes: {type: all, placement: each 0x100000..0x3D00000 step 0x100000, mapping: all, "
                + "verifier: all}");
        assertThat(matrix.combinations()).isEqualTo(BigInteger.valueOf(100_800));

        long start = System.nanoTime();
        assertThat(matrix.cells().mapToInt(cell -> cell.id().length()).max().orElse(0)).isBetween(50, Cell.MAX_ID);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        long before = heap();
        List<Cell> cells = matrix.cells().limit(10_000).toList();
        long bytes = heap() - before;

        assertThat(cells).hasSize(10_000);
        assertThat(bytes).isLessThan(20_000_000);
        assertThat(time).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void theFirstCellsOfAnEnormousProductComeAtOnce() {
        Matrix matrix = matrix("axes: {type: all, placement: each 0x100000..0x40000000 step 0x100000, pages: " + numbers(1000)
                + ", mapping: all, verifier: all}");

        assertThat(matrix.combinations()).isGreaterThan(BigInteger.valueOf(500_000_000));
        assertThat(matrix.cells().limit(3)).hasSize(3);
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private static Set<String> walks(int count) {
        return numbers(count).stream().map(i -> "scan 0..0x1000000 step " + i * 4096).collect(Collectors.toSet());
    }

    private static Matrix matrix(String rest) {
        return MatrixReader.read("m.yaml", "matrix: m\n" + rest, Scenarios.ALL);
    }

    private static List<String> ids(Matrix matrix) {
        return matrix.cells().map(Cell::id).toList();
    }
}
