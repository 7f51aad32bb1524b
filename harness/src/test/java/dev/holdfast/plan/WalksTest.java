// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalksTest {

    private static final MachineShape SMALL = MachineShape.SMALL;
    private static final MachineShape SPLIT = MachineShape.named("256M-split").orElseThrow();

    @Test
    void theLoadersOwnWalkFindsWhatItLeftAtTheFirstFreeAddress() {
        assertThat(toFind(Placement.FirstFree.THREAD, SMALL)).isEqualTo(Locating.THREAD);
        assertThat(toFind(new Placement.FirstFree(0x2000000, 0x4000000, 0x200000), SMALL))
                .isEqualTo(new Locating.Scan(0x2000000, 0x4000000, 0x200000));
    }

    @Test
    void anAddressOnTheThreadsWalkIsFoundByTheThreadsWalk() {
        assertThat(toFind(new Placement.At(0x300000), SMALL)).isEqualTo(Locating.THREAD);
        assertThat(toFind(new Placement.At(0x1000000), SMALL)).isNotEqualTo(Locating.THREAD);
    }

    @ParameterizedTest
    @ValueSource(longs = {0x0, 0x1000, 0x9F000, 0x101000, 0x180000, 0x1000000, 0x1001000, 0x1FF0000, 0x23FF000, 0x100000000L, 0x107FF0000L,
            0x7FFFFFFFF000L})
    void aFixedAddressIsVisitedInTheWidestStepsThatMeetIt(long address) {
        Locating.Scan walk = toFind(new Placement.At(address), SPLIT);

        assertThat(visits(walk)).isLessThanOrEqualTo(512);
        assertThat(visited(walk)).contains(address);
        assertThat(walk.step()).isLessThanOrEqualTo(0x10000);
        assertThat((walk.from() | walk.step()) % 4096).isZero();
    }

    @Test
    void aBlockThatMayLieAnywhereIsSoughtPageByPageInAllOfASmallMachine() {
        assertThat(toFind(new Placement.Any(), SMALL)).isEqualTo(new Locating.Scan(0x1000, 0x37F1000, 0x1000));
        assertThat(toFind(new Placement.Below(0x1_0000_0000L), SMALL)).isEqualTo(new Locating.Scan(0x1000, 0x37F1000, 0x1000));
        assertThat(toFind(new Placement.Below(0x1000000), SMALL)).isEqualTo(new Locating.Scan(0x1000, 0xFF1000, 0x1000));
    }

    @Test
    void inALargerMachineTheSearchIsBoundedAndEndsWhereItsLowRamEnds() {
        Locating.Scan walk = toFind(new Placement.Any(), SPLIT);

        assertThat(walk).isEqualTo(new Locating.Scan(0x3FE1000, 0x7FF1000, 0x1000));
        assertThat(visits(walk)).isEqualTo(16384 + 16);
    }

    @Test
    void aLargeBlockIsSoughtWhereItCanBeginBelowWhatTheFirmwareKeepsAtTheTop() {
        MachineShape large = MachineShape.named("512M").orElseThrow();
        Locating.Scan walk = Walks.toFind(new Reservation(MemoryType.RESERVED, new Placement.Any(), 16384), large);

        assertThat(visited(walk)).contains(0x1C000000L, 0x17B75000L);
        assertThat(visits(walk)).isEqualTo(2 * 16384);
    }

    @Test
    void aBlockThatFitsNowhereIsSoughtInOnePlace() {
        assertThat(visits(Walks.toFind(new Reservation(MemoryType.RESERVED, new Placement.Any(), 16384), SMALL))).isOne();
        assertThat(visits(toFind(new Placement.Below(0x1000), SMALL))).isOne();
    }

    private static Locating.Scan toFind(Placement placement, MachineShape machine) {
        return Walks.toFind(new Reservation(MemoryType.RESERVED, placement, 16), machine);
    }

    private static long visits(Locating.Scan walk) {
        return (walk.to() - walk.from() + walk.step() - 1) / walk.step();
    }

    private static Iterable<Long> visited(Locating.Scan walk) {
        return () -> LongStream.range(0, visits(walk)).map(i -> walk.from() + i * walk.step()).boxed().iterator();
    }
}
