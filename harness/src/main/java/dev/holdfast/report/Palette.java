// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.Verdict.Outcome;

/** Colours, or none. */
public enum Palette {
    COLOURED, PLAIN;

    private static final String RESET = "\u001B[0m";

    /** Green for a promise that held, red for one that did not, nothing for what was only observed. */
    String paint(Outcome outcome, String text) {
        if (this == PLAIN || outcome == Outcome.OBSERVED) {
            return text;
        }
        return (outcome == Outcome.PASS ? "\u001B[32m" : "\u001B[31m") + text + RESET;
    }
}
