// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.report.History;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a run is asked to do.
 *
 * @param name     the scenario's
 * @param choice   what tells a choice of its cells from another; empty for all of them
 * @param promises what is promised of a cell
 * @param replay   the command that runs one cell again, to which its id is added
 * @param history  where the run is recorded, if it is
 */
record Job(String name, String choice, List<Cell> cells, Function<Cell, Promise> promises, String replay,
           Optional<History> history) {

    Job {
        cells = List.copyOf(cells);
    }

    /** Different whenever other cells are asked for, or other things are promised of them. */
    String digest() {
        return Digests.ofTexts(cells.stream().map(cell -> cell.id() + " " + promises.apply(cell)).toList());
    }
}
