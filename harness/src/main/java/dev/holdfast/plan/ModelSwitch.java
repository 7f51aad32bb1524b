// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A question that Microsoft's documentation leaves open, and the contract guest's readings of it, the default first. The guest has
 * the same table (vm-images/contract/kernel/vf/model.c).
 */
public enum ModelSwitch {
    PFN("pfn", List.of("described", "ram"),
            "which memory has page frame entries: all that the firmware describes but MMIO, or what the OS uses, as in ReactOS"),
    MDL_RAM("mdl-ram", List.of("reclaimable", "described"),
            "what MmAllocateMdlForIoSpace refuses as RAM: what UEFI lets an OS use, or every page with a page frame entry"),
    ACPI_RECLAIM("acpi-reclaim", List.of("kept", "reclaimed"),
            "EfiACPIReclaimMemory stays the firmware's, or becomes RAM once the tables are copied, as in ReactOS"),
    SECTION_CACHE("section-cache", List.of("conflict", "override"),
            "a section view with another cache type than its page's is refused, or made with the page's"),
    SECTION_OFFSET("section-offset", List.of("64k", "page"),
            "what a section view's offset is rounded down to: 64 KiB, which suits every reading of the documentation, or a page"),
    SECTION_HANDLE("section-handle", List.of("kernel-only", "any"),
            "a section opened without OBJ_KERNEL_HANDLE is 0xC4/0xF6 under Verifier, or nobody minds"),
    E3_VIEW_UNMAP("e3-view-unmap", List.of("quiet", "violation"),
            "ZwUnmapViewOfSection's address, a user address by nature, is fine, or 0xC4/0xE3; drivers are known to do it quietly"),
    PAGE_TABLE_MAP("page-table-map", List.of("refused", "mapped"),
            "mapping a page that holds a page table is refused, as reported of Windows 10 version 1803, or made"),
    FREE_PAGE_MAP("free-page-map", List.of("bugcheck", "mapped"),
            "MmMapIoSpace of RAM that nobody has allocated is 0x1A/0x1233, or made, as in ReactOS"),
    CACHE_CONFLICT("cache-conflict", List.of("large-page", "refused", "kept"),
            "a mapped page that is asked for with another cache type keeps its own but in a large page, as drivers' authors report; or "
                    + "the mapping is always refused; or the page always keeps its own, as in ReactOS"),
    /** No question, but an order for one boot; a day, as YYYY-MM-DD, is a value as well. */
    DATE("date", List.of("clock", "any"),
            "the day that the driver's certificate must not have expired on: today by the machine's clock, none, or YYYY-MM-DD");

    private final String label;
    private final List<String> readings;
    private final String question;

    ModelSwitch(String label, List<String> readings, String question) {
        this.label = label;
        this.readings = readings;
        this.question = question;
    }

    /** Whether the documentation leaves it open; otherwise it is an order for one boot. */
    public boolean open() {
        return this != DATE;
    }

    /** Its name in a plan. */
    public String label() {
        return label;
    }

    /** What it can stand at, as far as that can be counted up; the first holds where nobody says otherwise. */
    public List<String> readings() {
        return readings;
    }

    /** The value that holds where nobody says otherwise. */
    public String usual() {
        return readings.get(0);
    }

    /** What is open, and how each value answers it. */
    public String question() {
        return question;
    }

    /** Whether it can stand at a value. */
    boolean takes(String value) {
        return readings.contains(value) || this == DATE && isDay(value);
    }

    private static boolean isDay(String value) {
        try {
            return LocalDate.parse(value).toString().equals(value);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** The readings that are not the usual one. */
    Stream<ModelReading> others() {
        return readings.stream().skip(1).map(value -> new ModelReading(this, value));
    }

    static Optional<ModelSwitch> named(String label) {
        return Stream.of(values()).filter(one -> one.label.equals(label)).findFirst();
    }
}
