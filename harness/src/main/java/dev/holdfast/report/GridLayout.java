// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How many cells are folded: what makes a grid of its own, and what a row of it. Cells that differ in nothing else share a square.
 *
 * @param grids the parts of an id that part grids
 * @param row   the part that names a row
 */
record GridLayout(List<Function<Axes, String>> grids, Function<Axes, String> row) {

    /** Two screens of 50 lines, less what the legend and the totals take. */
    static final int MAX_LINES = 84;
    /** A grid's heading, its columns' letters, and the empty line behind it. */
    static final int LINES_A_GRID = 3;

    private static final Function<Axes, String> BY_RESERVATION = axes -> axes.type() + "@" + axes.placement();

    /** From the one that shows most to the one that shows least. */
    private static final List<List<Function<Axes, String>>> GRIDS = List.of(
            List.of(Axes::guest, Axes::verifier, Axes::locating, Axes::others),
            List.of(Axes::guest, Axes::verifier, Axes::others),
            List.of(Axes::guest, Axes::verifier));

    /** The layout that shows most of those that fit on two screens; the one that shows least if none does. */
    static GridLayout of(Collection<CellSummary> cells) {
        List<Axes> axes = cells.stream().map(cell -> Axes.of(cell.id())).toList();
        boolean manyPlaces = axes.stream().map(Axes::placement).distinct().count() > axes.stream().map(Axes::type).distinct().count();
        GridLayout layout = null;
        for (Function<Axes, String> row : List.of(BY_RESERVATION, manyPlaces ? Axes::placement : Axes::type)) {
            for (List<Function<Axes, String>> grids : GRIDS) {
                layout = new GridLayout(grids, row);
                if (layout.lines(axes) <= MAX_LINES) {
                    return layout;
                }
            }
        }
        return layout;
    }

    /** What tells a cell's grid from the others. */
    List<String> grid(Axes axes) {
        return grids.stream().map(part -> part.apply(axes)).toList();
    }

    private int lines(List<Axes> cells) {
        Map<List<String>, Set<String>> rows = new LinkedHashMap<>();
        cells.forEach(axes -> rows.computeIfAbsent(grid(axes), key -> new LinkedHashSet<>()).add(row.apply(axes)));
        return rows.values().stream().mapToInt(names -> names.size() + LINES_A_GRID).sum();
    }
}
