// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;

/**
 * A pair of flash images.
 *
 * @param descriptor  the file that says they belong together
 * @param description in its words
 * @param code        the executable image, shared and read-only
 * @param varsTemplate the empty variable store; each machine gets a copy of its own
 */
public record Firmware(Path descriptor, String description, Path code, String codeFormat, Path varsTemplate, String varsFormat) {

    /** The same code with another variable store to start from. */
    public Firmware withVars(Path otherTemplate) {
        return new Firmware(descriptor, description, code, codeFormat, otherTemplate, varsFormat);
    }
}
