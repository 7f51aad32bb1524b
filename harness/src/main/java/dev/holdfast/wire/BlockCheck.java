// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Hex;
import java.util.List;

/**
 * What became of a block.
 *
 * @param pages   pages that were compared
 * @param intact  those that are exactly as they were written
 * @param crc     CRC-32C of all bytes as they were seen, in eight upper-case hex digits
 * @param damages the first byte that differs, for each of the first damaged pages
 */
public record BlockCheck(long pages, long intact, String crc, List<Damage> damages) {

    public BlockCheck {
        damages = List.copyOf(damages);
    }

    public boolean whole() {
        return intact == pages;
    }

    /**
     * The first byte of a page that differs.
     *
     * @param page     the page's index in the block
     * @param address  the page's physical address
     * @param offset   bytes into the page
     * @param expected the byte that must be there, 0..255
     * @param seen     the byte that is there
     */
    public record Damage(long page, long address, int offset, int expected, int seen) {

        /** In words; {@code pages} is the length of the block. */
        public String words(long pages) {
            return "page " + page + " of " + pages + " at " + Hex.of(address) + " differs at offset " + offset
                    + ": expected " + Hex.of(expected) + ", seen " + Hex.of(seen);
        }
    }
}
