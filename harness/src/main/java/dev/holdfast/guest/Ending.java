// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import java.util.Optional;
import java.util.stream.Stream;

/** What a machine's exit says of how its guest ended. */
public enum Ending {
    /** The driver was loaded, ran and was unloaded. */
    DONE("done"),
    /** The guest's system stopped with a bug check. */
    BUGCHECK("bugcheck"),
    /** The guest could not go on, and it was no bug check. */
    FATAL("fatal"),
    /** The machine was powered off: no guest came to run. */
    POWERED_OFF("powered off"),
    /** None of a guest's own endings. */
    UNKNOWN("unknown");

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    /** The word that a guest's closing frame uses for it, where it has one. */
    public String word() {
        return word;
    }

    public static Optional<Ending> named(String word) {
        return Stream.of(values()).filter(ending -> ending.word.equals(word)).findFirst();
    }
}
