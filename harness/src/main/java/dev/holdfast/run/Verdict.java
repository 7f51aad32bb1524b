// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import java.util.Locale;

/**
 * Observation against promise.
 *
 * @param reason why, in words: what was seen and what was expected, as a sentence without a full stop
 */
public record Verdict(Outcome outcome, String reason) {

    /** A promise held, was broken, or was never made. */
    public enum Outcome {
        PASS, FAIL, OBSERVED;

        /** The word in results. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
