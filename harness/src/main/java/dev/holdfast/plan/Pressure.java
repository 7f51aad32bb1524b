// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** What is done to the guest's memory before the block is looked for. */
public enum Pressure {
    NONE("none"),
    /** All that the guest's memory manager counts as free is taken and overwritten. */
    FULL("full");

    private final String word;

    Pressure(String word) {
        this.word = word;
    }

    /** As plans have it. */
    public String word() {
        return word;
    }

    static Optional<Pressure> named(String word) {
        return Stream.of(values()).filter(pressure -> pressure.word.equals(word)).findFirst();
    }
}
