// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;

/**
 * A named list of cells.
 *
 * @param name  what the command line calls it
 * @param about one sentence: which question it answers
 */
public record Scenario(String name, String about, List<Cell> cells) {
    public Scenario {
        cells = List.copyOf(cells);
    }
}
