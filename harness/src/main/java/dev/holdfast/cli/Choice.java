// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import java.util.function.Predicate;

/**
 * Which of a scenario's cells are asked for.
 *
 * @param words  what tells this choice from another, as it stands on the command line; empty for all cells
 * @param admits whether a cell of this id is one of them, if the scenario has it
 */
record Choice(String words, Predicate<String> admits) {

    static final Choice ALL = new Choice("", id -> true);

    Choice and(Predicate<String> other) {
        return new Choice(words, admits.and(other));
    }
}
