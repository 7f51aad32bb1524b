// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** What comes between the pressure and the look for the block. */
public enum Reboot {
    NONE("none"),
    /** The guest's kernel starts a second one, without firmware. */
    KEXEC("kexec"),
    /** A warm reset, after which the UEFI application looks at its own earlier block. */
    RESET("reset");

    private final String word;

    Reboot(String word) {
        this.word = word;
    }

    /** As plans have it. */
    public String word() {
        return word;
    }

    static Optional<Reboot> named(String word) {
        return Stream.of(values()).filter(reboot -> reboot.word.equals(word)).findFirst();
    }
}
