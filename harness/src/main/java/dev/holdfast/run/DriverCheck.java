// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.wire.BlockCheck;
import java.util.List;

/**
 * What the driver says that it saw of the block.
 *
 * @param crc     CRC-32C of all bytes as it read them, in hex digits; untrusted text made printable
 * @param damages what it said of damaged pages
 */
public record DriverCheck(long pages, long intact, String crc, List<BlockCheck.Damage> damages) {
    public DriverCheck {
        damages = List.copyOf(damages);
    }
}
