// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.Verdict.Outcome;

/** What a report shows of a cell in one character; of several, the last here is the one that a reader must not miss. */
enum Mark {
    OBSERVED('o', "observed", "nothing is promised", ""),
    PASS('.', "pass", "as promised", "\u001B[32m"),
    FLAKY('~', "flaky", "not at the first try", "\u001B[33m"),
    FAIL('F', "FAIL", "not as promised", "\u001B[31m");

    private final char character;
    private final String word;
    private final String meaning;
    private final String colour;

    Mark(char character, String word, String meaning, String colour) {
        this.character = character;
        this.word = word;
        this.meaning = meaning;
        this.colour = colour;
    }

    static Mark of(CellSummary cell) {
        if (cell.failed()) {
            return FAIL;
        }
        if (cell.flaky()) {
            return FLAKY;
        }
        return cell.outcome() == Outcome.PASS ? PASS : OBSERVED;
    }

    char character() {
        return character;
    }

    String word() {
        return word;
    }

    String meaning() {
        return meaning;
    }

    /** The escape sequence that begins its colour; empty for the terminal's own. */
    String colour() {
        return colour;
    }
}
