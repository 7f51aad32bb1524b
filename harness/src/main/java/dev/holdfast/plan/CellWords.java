// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names one cell by the words that matrix files have for the values of their axes. */
public final class CellWords {

    private CellWords() {
    }

    /**
     * The cell with these values.
     *
     * @param words the name of an axis to the word for its value; what is left out keeps its default
     * @throws IllegalArgumentException naming the axis or the value that there is not, or the word that stands for several
     */
    public static Cell cell(Map<String, String> words) {
        Map<Axis<?>, List<?>> chosen = new HashMap<>();
        words.forEach((name, word) -> {
            Axis<?> axis = Axis.named(name).orElseThrow(() -> AxisWords.unknown("axis", name, Axis.names()));
            List<?> values = axis.parse(word);
            if (values.size() != 1) {
                throw new IllegalArgumentException("'" + word + "' stands for " + values.size() + " values of " + name
                        + ", and one cell has one");
            }
            chosen.put(axis, values);
        });
        return new Product(chosen).cells().findFirst().orElseThrow();
    }
}
