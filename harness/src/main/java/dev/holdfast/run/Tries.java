// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import java.util.List;

/**
 * A cell's result, and those of the tries before it. A cell that came through only after others had failed is flaky.
 *
 * @param last    the one that counts
 * @param earlier those that failed and were followed by another, the first first; empty where the first one decided
 */
public record Tries(CellResult last, List<CellResult> earlier) {

    public Tries {
        earlier = List.copyOf(earlier);
    }
}
