// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Glob;
import java.util.function.Predicate;

/**
 * Which of a scenario's cells are asked for.
 *
 * @param words  what tells this choice from another, as it stands on the command line; empty for all cells
 * @param admits whether a cell of this id is one of them, if the scenario has it
 */
record Choice(String words, Predicate<String> admits) {

    /** The pattern that every cell matches. */
    static final String EVERY_CELL = "*";
    static final Choice ALL = new Choice("", id -> true);

    private static final String FILTER = " --filter ";

    /** The cells whose ids match a pattern. */
    static Choice matching(String glob) {
        return glob.equals(EVERY_CELL) ? ALL : new Choice(FILTER + glob, Glob.compile(glob).asMatchPredicate());
    }

    /** The choice of these words. */
    static Choice of(String words) {
        return words.startsWith(FILTER) ? matching(words.substring(FILTER.length())) : ALL;
    }

    Choice and(Predicate<String> other) {
        return new Choice(words, admits.and(other));
    }
}
