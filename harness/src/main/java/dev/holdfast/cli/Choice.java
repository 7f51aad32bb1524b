// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Glob;
import dev.holdfast.plan.GuestKind;
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
    private static final String GUEST = " --guest ";

    /** The cells whose ids match a pattern. */
    static Choice matching(String glob) {
        return glob.equals(EVERY_CELL) ? ALL : new Choice(FILTER + glob, Glob.compile(glob).asMatchPredicate());
    }

    /** The choice of these words. */
    static Choice of(String words) {
        int at = words.lastIndexOf(GUEST);
        String rest = at < 0 ? words : words.substring(0, at);
        Choice choice = rest.startsWith(FILTER) ? matching(rest.substring(FILTER.length())) : ALL;
        return at < 0 ? choice : GuestKind.named(words.substring(at + GUEST.length())).map(choice::of).orElse(choice);
    }

    /** Those of its cells that are a guest's. */
    Choice of(GuestKind guest) {
        return new Choice(words + GUEST + guest.label(), admits.and(guest::owns));
    }

    /** Those of its cells that something else admits as well, which follows from more than the words. */
    Choice within(Predicate<String> other) {
        return new Choice(words, admits.and(other));
    }
}
