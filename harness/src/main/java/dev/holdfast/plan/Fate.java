// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/** What an operating system may do with memory of a type once ExitBootServices has succeeded (UEFI specification
 * 2.10, section 7.2, "Memory Type Usage after ExitBootServices()"). */
public enum Fate {
    /** The memory must be left alone for as long as the machine runs. */
    KEEP,
    /** The memory is free for general use. */
    RECLAIM,
    /** The memory is free once the operating system has read the ACPI tables. */
    RECLAIM_AFTER_ACPI,
    /** The specification gives the type to somebody else (an OEM, an OS vendor) and says nothing of its use. */
    UNSPECIFIED
}
