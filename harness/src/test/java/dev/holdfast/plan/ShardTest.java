// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {

    private static final List<Cell> NIGHTLY = Scenarios.named("nightly").orElseThrow().cells().toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1000})
    void theShardsOfTheNightlyRunHoldEachCellOnceAndDifferInSizeByOneAtTheMost(int count) {
        List<List<Cell>> shards = shards(NIGHTLY, count);
        IntSummaryStatistics sizes = shards.stream().mapToInt(List::size).summaryStatistics();

        assertThat(sizes.getMax() - sizes.getMin()).as("sizes %s", sizes).isLessThanOrEqualTo(1);
        assertThat(shards.stream().flatMap(List::stream).map(Cell::id)).hasSize(NIGHTLY.size()).doesNotHaveDuplicates()
                .hasSameElementsAs(NIGHTLY.stream().map(Cell::id).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 16})
    void aCellThatGoesOrComesMovesAtMostOneOtherAtEachCut(int count) {
        Map<Cell, Integer> before = owners(NIGHTLY, count);
        Random random = new Random(count);
        for (int round = 0; round < 8; round++) {
            List<Cell> fewer = new ArrayList<>(NIGHTLY);
            fewer.remove(random.nextInt(fewer.size()));
            Map<Cell, Integer> after = owners(fewer, count);

            assertThat(fewer.stream().filter(cell -> !after.get(cell).equals(before.get(cell)))).hasSizeLessThan(count);
        }
    }

    @Test
    void whichCellsAShardHasDoesNotDependOnTheirOrderAndItsOwnOrderIsTheirs() {
        List<Cell> shuffled = new ArrayList<>(NIGHTLY);
        Collections.shuffle(shuffled, new Random(1));
        Shard shard = new Shard(2, 5);

        assertThat(shard.of(shuffled)).hasSameElementsAs(shard.of(NIGHTLY)).isSubsetOf(NIGHTLY);
        assertThat(shard.of(NIGHTLY)).isEqualTo(NIGHTLY.stream().filter(shard.of(shuffled)::contains).toList());
    }

    /** Shards booted with different releases of this program must be the same: this holds the rule itself. */
    @Test
    void theThreadsCellsAreSplitAsTheyAlwaysWere() {
        assertThat(Stream.of(new Shard(1, 3), new Shard(2, 3), new Shard(3, 3)).map(shard -> shard.of(Scenarios.OSR_THREAD.cells().toList()))
                .map(cells -> cells.stream().map(Cell::id).map(id -> id.replaceFirst("contract/", "").replace("@first-free/scan", "")).toList()))
                .containsExactly(
                        List.of("EfiReservedMemoryType/ZwMapViewOfSection.cached/verifier", "unreserved/MmMapIoSpace.cached/no-verifier"),
                        List.of("EfiReservedMemoryType/MmAllocateMdlForIoSpace.cached/verifier", "EfiLoaderData/MmMapIoSpace.cached/no-verifier",
                                "EfiBootServicesData/MmMapIoSpace.cached/no-verifier"),
                        List.of("EfiReservedMemoryType/MmMapIoSpace.cached/no-verifier", "EfiReservedMemoryType/MmMapIoSpace.cached/verifier",
                                "EfiReservedMemoryType/MmProbeAndLockPages.cached/verifier"));
    }

    @Test
    void moreShardsThanCellsLeaveSomeEmpty() {
        List<Cell> three = NIGHTLY.subList(0, 3);

        assertThat(shards(three, 5).stream().map(List::size)).containsExactlyInAnyOrder(0, 0, 1, 1, 1);
        assertThat(new Shard(1, 1).of(three)).isEqualTo(three);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/3", "4/3", "1/0", "0/0", "1", "1/", "/3", "-1/3", "1/1001", "1/99999", "1 /3", "a/b", ""})
    void whatNamesNoShardIsNone(String words) {
        assertThat(Shard.named(words)).isEmpty();
    }

    @Test
    void aShardIsNamedByItsNumberAndHowManyThereAre() {
        assertThat(Shard.named("2/16")).contains(new Shard(2, 16));
        assertThat(new Shard(1000, 1000).label()).isEqualTo("1000/1000");
        assertThatThrownBy(() -> new Shard(0, 3)).hasMessage("there is no shard 0/3");
    }

    private static List<List<Cell>> shards(List<Cell> cells, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(index -> new Shard(index, count).of(cells)).toList();
    }

    private static Map<Cell, Integer> owners(List<Cell> cells, int count) {
        Map<Cell, Integer> owners = new HashMap<>();
        for (int index = 1; index <= count; index++) {
            for (Cell cell : new Shard(index, count).of(cells)) {
                owners.put(cell, index);
            }
        }
        return owners;
    }
}
