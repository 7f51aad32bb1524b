// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * How the driver finds the block: it walks physical addresses looking for the magic.
 *
 * @param from first address, in bytes; a multiple of a page
 * @param to   end of the walk, exclusive
 * @param step bytes from one address to the next; a multiple of a page
 */
public record Locating(long from, long to, long step) {

    static final String METHOD = "scan";

    /** The forum thread's driver walks the addresses that its loader tried. */
    public static final Locating THREAD =
            new Locating(Placement.FirstFree.THREAD.from(), Placement.FirstFree.THREAD.to(), Placement.FirstFree.THREAD.step());

    /** A walk page by page goes no further than this: 16384 visits, which take some 20 ms under TCG. */
    private static final long WINDOW = 64L << 20;
    private static final long MIB = 1L << 20;
    private static final long COARSE_STEP = 64L << 10;

    public Locating {
        if (Long.compareUnsigned(from, to) >= 0 || step <= 0) {
            throw new IllegalArgumentException("the scan " + Hex.of(from) + ".." + Hex.of(to) + " step " + Hex.of(step) + " is empty");
        }
        if (((from | step) & (Reservation.PAGE_BYTES - 1)) != 0) {
            throw new IllegalArgumentException("the scan's start " + Hex.of(from) + " and step " + Hex.of(step)
                    + " are not multiples of a page (4096 bytes)");
        }
    }

    /**
     * The walk that suits a reservation: it visits every address that the placement allows, or, where that would be every page of
     * the machine, the 64 MiB in which firmware that allocates from the top down puts the block.
     */
    public static Locating toFind(Reservation reservation, MachineShape machine) {
        Placement placement = reservation.placement();
        if (placement instanceof Placement.FirstFree range) {
            return new Locating(range.from(), range.to(), range.step());
        }
        if (placement instanceof Placement.At at) {
            return Placement.FirstFree.THREAD.allows(at.address(), reservation.bytes()) ? THREAD : around(at.address());
        }
        long limit = placement instanceof Placement.Below below ? below.limit() : Long.MAX_VALUE;
        return downFrom(topOfRamBelow(limit, machine));
    }

    /** Two megabytes around an address, in the widest steps that meet it. */
    private static Locating around(long address) {
        long megabyte = address & -MIB;
        long from = Math.max(Reservation.PAGE_BYTES, megabyte - MIB);
        if (address < from) {
            return new Locating(0, MIB, Reservation.PAGE_BYTES);
        }
        long step = Math.min(COARSE_STEP, Long.lowestOneBit(address - from | COARSE_STEP));
        return new Locating(from, megabyte + MIB, step);
    }

    private static Locating downFrom(long top) {
        return new Locating(Math.max(Reservation.PAGE_BYTES, top - WINDOW), Math.max(2 * Reservation.PAGE_BYTES, top),
                Reservation.PAGE_BYTES);
    }

    /** Firmware that has RAM on both sides of 4 GiB allocates below it as long as it can: EDK II, Core/Dxe/Mem/Page.c, FindFreePages. */
    private static long topOfRamBelow(long limit, MachineShape machine) {
        long end = machine.lowEnd();
        return (Long.compareUnsigned(limit, end) < 0 ? limit : end) & -Reservation.PAGE_BYTES;
    }

    public String method() {
        return METHOD;
    }

    String label() {
        return METHOD + "-" + Hex.of(from) + "-" + Hex.of(to) + "-" + Hex.of(step);
    }
}
