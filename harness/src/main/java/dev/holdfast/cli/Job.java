// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.report.History;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run is asked to do.
 *
 * @param name     the scenario's
 * @param choice   which of its cells are asked for
 * @param cells    those of its cells, in its order
 * @param promises what is promised of a cell
 * @param replay   the command that runs one cell again, to which its id is added
 * @param history  where the run is recorded, if it is
 */
record Job(String name, Choice choice, List<Cell> cells, Function<Cell, Promise> promises, String replay,
           Optional<History> history) {

    Job {
        cells = List.copyOf(cells);
    }

    /** Whether a cell of another run of the scenario's was asked for here as well, and the scenario no longer has it. */
    Predicate<String> gone() {
        Set<String> asked = cells.stream().map(Cell::id).collect(Collectors.toSet());
        return id -> choice.admits().test(id) && !asked.contains(id);
    }

    /** Different whenever other cells are asked for, or other things are promised of them. */
    String digest() {
        return Digests.ofTexts(cells.stream().map(cell -> cell.id() + " " + promises.apply(cell)).toList());
    }
}
