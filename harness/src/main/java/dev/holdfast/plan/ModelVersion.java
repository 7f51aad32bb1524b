// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** The Windows whose routines the contract guest exports; those of later versions are not there. */
public enum ModelVersion {
    WINDOWS_7("7", "what every Windows since 7 has"),
    WINDOWS_8_1("8.1", "adds MmAllocateMdlForIoSpace, MmCopyMemory, ExGetFirmwareEnvironmentVariable"),
    /** Version 1909, the last before the routines of version 2004. */
    WINDOWS_10("10", "adds MmMapIoSpaceEx, MmGetPhysicalMemoryRangesEx"),
    WINDOWS_11("11", "adds MmAllocateMappingAddressEx, MmGetPhysicalMemoryRangesEx2, ExAllocatePool2, of Windows 10 version 2004");

    private final String word;
    private final String about;

    ModelVersion(String word, String about) {
        this.word = word;
        this.about = about;
    }

    /** As the plan spells it. */
    public String word() {
        return word;
    }

    /** Which routines it has beyond those of the one before (vm-images/contract/kernel/io/versions.c). */
    public String about() {
        return about;
    }

    static Optional<ModelVersion> named(String word) {
        return Stream.of(values()).filter(version -> version.word.equals(word)).findFirst();
    }
}
