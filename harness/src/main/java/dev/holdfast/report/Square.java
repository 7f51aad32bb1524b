// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.EnumMap;
import java.util.Map;

/** One place of a grid, and the cells that fall into it. */
final class Square {

    private final Map<Mark, Integer> marks = new EnumMap<>(Mark.class);
    private int cells;

    void add(Mark mark) {
        marks.merge(mark, 1, Integer::sum);
        cells++;
    }

    /** The mark that a reader must not miss. */
    Mark worst() {
        Mark worst = Mark.OBSERVED;
        for (Mark mark : marks.keySet()) {
            worst = mark.compareTo(worst) > 0 ? mark : worst;
        }
        return worst;
    }

    /** A mark; of several cells the worst mark with how many have it, and of how many if not all have. */
    String text() {
        int worst = marks.getOrDefault(worst(), 0);
        if (cells == 1) {
            return String.valueOf(worst().character());
        }
        return worst().character() + String.valueOf(worst) + (worst == cells ? "" : "/" + cells);
    }
}
