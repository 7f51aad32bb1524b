// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names one cell by the words that matrix files have for the values of their axes. */
public final class CellWords {

    private CellWords() {
    }

    /**
     * The cell with these values.
     *
     * @param words the name of an axis to the word for its value; what is left out keeps its default
     * @throws IllegalArgumentException naming the axis or the value that there is not, the word that stands for several, or what the guest
     *                                  does not have
     */
    public static Cell cell(Map<String, String> words) {
        return find(words).orElseThrow(() -> new IllegalArgumentException("the guest " + guest(words) + " has no " + misfits(words)));
    }

    /**
     * One axis alone, whatever the others will be.
     *
     * @throws IllegalArgumentException naming the axis or the value that there is not, or the word that stands for several
     */
    public static void check(String axis, String word) {
        values(axis(axis), word);
    }

    private static Optional<Cell> find(Map<String, String> words) {
        Map<Axis<?>, List<?>> chosen = new HashMap<>();
        words.forEach((name, word) -> chosen.put(axis(name), values(axis(name), word)));
        return new Product(chosen).cells().findFirst();
    }

    private static Axis<?> axis(String name) {
        return Axis.named(name).orElseThrow(() -> AxisWords.unknown("axis", name, Axis.names()));
    }

    private static List<?> values(Axis<?> axis, String word) {
        List<?> values = axis.parse(word);
        if (values.size() != 1) {
            throw new IllegalArgumentException("'" + word + "' stands for " + values.size() + " values of " + axis.name()
                    + ", and one cell has one");
        }
        return values;
    }

    private static String guest(Map<String, String> words) {
        return words.getOrDefault(Axis.GUEST.name(), Axis.GUEST.standard().label());
    }

    /** The words that the guest has no cell for, whatever stands beside them. */
    private static String misfits(Map<String, String> words) {
        return new TreeMap<>(words).entrySet().stream().filter(word -> !word.getKey().equals(Axis.GUEST.name()))
                .filter(word -> find(Map.of(Axis.GUEST.name(), guest(words), word.getKey(), word.getValue())).isEmpty())
                .map(word -> word.getKey() + " '" + word.getValue() + "'").collect(Collectors.joining(" and no "));
    }
}
