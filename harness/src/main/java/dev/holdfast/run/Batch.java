// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Mapping;
import dev.holdfast.wire.GuestOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Cells that one boot serves: they differ in nothing but the mapping, and their guest tries one mapping after another.
 *
 * @param cells one or more, in the order in which their mappings are tried
 */
public record Batch(List<Cell> cells) {

    public Batch {
        cells = List.copyOf(cells);
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one cell");
        }
    }

    /** A cell that has a boot of its own. */
    public static Batch alone(Cell cell) {
        return new Batch(List.of(cell));
    }

    /** The fewest batches that have each of the cells once, in the order in which their first cells came. */
    public static List<Batch> of(List<Cell> cells) {
        Map<Cell, List<List<Cell>>> groups = new LinkedHashMap<>();
        for (Cell cell : cells) {
            // A cell like it, whichever mapping it has.
            Cell key = cell.guest().triesManyMappings() ? cell.with(cell.guest().mapping()) : cell;
            List<List<Cell>> group = groups.computeIfAbsent(key, first -> new ArrayList<>(List.of(new ArrayList<>())));
            List<Cell> last = group.get(group.size() - 1);
            if (!last.isEmpty() && !GuestOptions.fit(Stream.concat(last.stream(), Stream.of(cell)).map(Cell::mapping).toList())) {
                last = new ArrayList<>();
                group.add(last);
            }
            last.add(cell);
        }
        return groups.values().stream().flatMap(List::stream).map(Batch::new).toList();
    }

    /** What runs a batch's cells one by one, each as if it were alone. */
    public static <R> Function<Batch, List<R>> oneByOne(Function<Cell, R> cellRunner) {
        return batch -> batch.cells().stream().map(cellRunner).toList();
    }

    /** The cell that the boot is named after. */
    public Cell first() {
        return cells.get(0);
    }

    boolean single() {
        return cells.size() == 1;
    }

    List<Mapping> mappings() {
        return cells.stream().map(Cell::mapping).toList();
    }

    /** The same without one of its cells. There must be others. */
    Batch without(Cell cell) {
        return new Batch(cells.stream().filter(other -> !other.equals(cell)).toList());
    }
}
