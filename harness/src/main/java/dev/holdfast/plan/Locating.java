// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * How the driver finds the block: it walks physical addresses looking for the magic.
 *
 * @param from first address, in bytes
 * @param to   end of the walk, exclusive
 * @param step bytes from one address to the next
 */
public record Locating(long from, long to, long step) {

    /** The forum thread's driver walks the addresses that its loader tried. */
    public static final Locating THREAD =
            new Locating(Placement.FirstFree.THREAD.from(), Placement.FirstFree.THREAD.to(), Placement.FirstFree.THREAD.step());

    public Locating {
        if (Long.compareUnsigned(from, to) >= 0 || step <= 0) {
            throw new IllegalArgumentException("the scan " + Hex.of(from) + ".." + Hex.of(to) + " step " + Hex.of(step) + " is empty");
        }
    }

    public String method() {
        return "scan";
    }

    String label() {
        return equals(THREAD) ? method() : method() + "-" + Hex.of(from) + "-" + Hex.of(to) + "-" + Hex.of(step);
    }
}
