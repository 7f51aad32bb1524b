// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

/** The Windows whose routines the contract guest exports; those of later versions are not there. */
public enum ModelVersion {
    WINDOWS_7("7"),
    WINDOWS_8_1("8.1"),
    /** Version 1909, the last before the routines of version 2004. */
    WINDOWS_10("10"),
    WINDOWS_11("11");

    private final String word;

    ModelVersion(String word) {
        this.word = word;
    }

    /** As the plan spells it. */
    public String word() {
        return word;
    }
}
