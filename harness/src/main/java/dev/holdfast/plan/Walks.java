// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** Chooses the addresses that a driver walks where nobody has said which. */
final class Walks {

    /** What firmware keeps at the top, and more: OVMF has 68 MiB in a machine of 512. 16384 visits take some 20 ms under TCG. */
    private static final long WINDOW = 64L << 20;
    private static final long MIB = 1L << 20;
    private static final long COARSE_STEP = 64L << 10;

    private Walks() {
    }

    /**
     * The walk that suits a reservation: it visits every address that the placement allows, or, where that would be every page of
     * the machine, those where a block of its size begins that firmware allocates from the top down: 64 MiB of them, and as many more
     * as the block is long, since a long one fits no gap that firmware has left above.
     */
    static Locating.Scan toFind(Reservation reservation, MachineShape machine) {
        Placement placement = reservation.placement();
        if (placement instanceof Placement.FirstFree range) {
            return new Locating.Scan(range.from(), range.to(), range.step());
        }
        if (placement instanceof Placement.At at) {
            return Placement.FirstFree.THREAD.allows(at.address(), reservation.bytes()) ? Locating.THREAD : around(at.address());
        }
        long limit = placement instanceof Placement.Below below ? below.limit() : Long.MAX_VALUE;
        return downFrom(topOfRamBelow(limit, machine) - reservation.bytes(), WINDOW + reservation.bytes());
    }

    /** Two megabytes around an address, in the widest steps that meet it. */
    private static Locating.Scan around(long address) {
        long megabyte = address & -MIB;
        long from = Math.max(Reservation.PAGE_BYTES, megabyte - MIB);
        if (address < from) {
            return new Locating.Scan(0, MIB, Reservation.PAGE_BYTES);
        }
        long step = Math.min(COARSE_STEP, Long.lowestOneBit(address - from | COARSE_STEP));
        return new Locating.Scan(from, megabyte + MIB, step);
    }

    /** @param last the highest address that the block can be at; below the first page where it fits nowhere */
    private static Locating.Scan downFrom(long last, long window) {
        long end = Math.max(Reservation.PAGE_BYTES, last) + Reservation.PAGE_BYTES;
        return new Locating.Scan(Math.max(Reservation.PAGE_BYTES, end - window), end, Reservation.PAGE_BYTES);
    }

    /** Firmware that has RAM on both sides of 4 GiB allocates below it as long as it can: EDK II, Core/Dxe/Mem/Page.c, FindFreePages. */
    private static long topOfRamBelow(long limit, MachineShape machine) {
        long end = machine.lowEnd();
        return (Long.compareUnsigned(limit, end) < 0 ? limit : end) & -Reservation.PAGE_BYTES;
    }
}
