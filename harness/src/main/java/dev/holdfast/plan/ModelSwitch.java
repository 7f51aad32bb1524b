// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question that Microsoft's documentation leaves open, and the contract guest's two readings of it. The guest has the same table
 * (vm-images/contract/kernel/vf/model.c).
 */
public enum ModelSwitch {
    PFN("pfn", "described", "ram",
            "which memory has page frame entries: all that the firmware describes but MMIO, or what the OS uses, as in ReactOS"),
    MDL_RAM("mdl-ram", "reclaimable", "described",
            "what MmAllocateMdlForIoSpace refuses as RAM: what UEFI lets an OS use, or every page with a page frame entry"),
    ACPI_RECLAIM("acpi-reclaim", "kept", "reclaimed",
            "EfiACPIReclaimMemory stays the firmware's, or becomes RAM once the tables are copied, as in ReactOS"),
    SECTION_CACHE("section-cache", "conflict", "override",
            "a section view with another cache type than its page's is refused, or made with the page's"),
    SECTION_OFFSET("section-offset", "64k", "page",
            "what a section view's offset is rounded down to: 64 KiB, which suits every reading of the documentation, or a page"),
    SECTION_HANDLE("section-handle", "kernel-only", "any",
            "a section opened without OBJ_KERNEL_HANDLE is 0xC4/0xF6 under Verifier, or nobody minds"),
    E3_VIEW_UNMAP("e3-view-unmap", "quiet", "violation",
            "ZwUnmapViewOfSection's address, a user address by nature, is fine, or 0xC4/0xE3; drivers are known to do it quietly"),
    PAGE_TABLE_MAP("page-table-map", "refused", "mapped",
            "mapping a page that holds a page table is refused, as reported of Windows 10 version 1803, or made"),
    CACHE_CONFLICT("cache-conflict", "large-page", "refused",
            "a mapped page that is asked for with another cache type keeps its own but in a large page, or the mapping is always refused");

    private final String label;
    private final String usual;
    private final String other;
    private final String question;

    ModelSwitch(String label, String usual, String other, String question) {
        this.label = label;
        this.usual = usual;
        this.other = other;
        this.question = question;
    }

    /** Its name in a plan. */
    public String label() {
        return label;
    }

    /** The value that holds where nobody says otherwise. */
    public String usual() {
        return usual;
    }

    /** The value of the other reading. */
    public String other() {
        return other;
    }

    /** What is open, and how either value answers it. */
    public String question() {
        return question;
    }

    static Optional<ModelSwitch> named(String label) {
        return Stream.of(values()).filter(one -> one.label.equals(label)).findFirst();
    }
}
