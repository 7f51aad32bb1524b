// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some cells, named by some of their axes and traits; what it does not name may be anything.
 *
 * @param conditions all of which hold for the cells that fit
 */
record CellPattern(List<Predicate<Cell>> conditions) {

    private static final Pattern RANGE = Pattern.compile("(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})\\.\\.(0[xX][0-9a-fA-F]{1,16}|[0-9]{1,19})");

    CellPattern {
        conditions = List.copyOf(conditions);
    }

    boolean fits(Cell cell) {
        return conditions.stream().allMatch(condition -> condition.test(cell));
    }

    /**
     * The condition that a cell has, on one axis, one of the values that a word stands for.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    static <T> Predicate<Cell> condition(Axis<T> axis, String word) {
        Matcher range = RANGE.matcher(word);
        if (range.matches() && axis.number().isPresent()) {
            ToLongFunction<Cell> number = axis.number().get();
            long from = AxisWords.number(range.group(1));
            long to = AxisWords.number(range.group(2));
            return cell -> number.applyAsLong(cell) >= from && number.applyAsLong(cell) <= to;
        }
        if (Glob.is(word)) {
            axis.requireMatch(word);
            Pattern glob = Glob.compile(word);
            return cell -> axis.of(cell).stream().anyMatch(value -> glob.matcher(axis.label(value)).matches());
        }
        Set<T> values = new HashSet<>(axis.parse(word));
        return cell -> axis.of(cell).stream().anyMatch(values::contains);
    }

    /**
     * The condition that a trait of a cell is this word.
     *
     * @throws IllegalArgumentException if it never is
     */
    static Predicate<Cell> condition(Trait trait, String word) {
        if (!trait.words().contains(word)) {
            throw AxisWords.unknown(trait.label(), word, trait.words().stream());
        }
        return cell -> trait.of(cell).equals(word);
    }
}
