// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * How a block is reserved.
 *
 * @param type      the memory type asked for
 * @param placement where
 * @param pages     pages of 4096 bytes, the header page included, 1..0x100000
 */
public record Reservation(MemoryType type, Placement placement, long pages) {

    public static final int PAGE_BYTES = 4096;
    public static final long MAX_PAGES = 0x100000;
    public static final long DEFAULT_PAGES = 16;

    public Reservation {
        if (pages < 1 || pages > MAX_PAGES) {
            throw new IllegalArgumentException("a block has 1.." + MAX_PAGES + " pages, not " + pages);
        }
    }

    public long bytes() {
        return pages * PAGE_BYTES;
    }

    String label() {
        return type.name() + "@" + placement.label() + (pages == DEFAULT_PAGES ? "" : "," + pages + "p");
    }
}
