// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import dev.holdfast.plan.BugCheckParameter.Exactly;
import dev.holdfast.plan.BugCheckParameter.OfBlock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The promises, one row a rule; the first row that fits a cell is its promise, and the last fits every cell. */
public final class PromiseTable {

    private static final String UEFI_KEEP =
            "UEFI specification 2.10, section 7.2, Memory Type Usage after ExitBootServices(): an OS must not use this memory";
    private static final String C4 =
            "windows-driver-docs, debugger/bug-check-0xc4--driver-verifier-detected-violation.md, parameter 1 = 0x83";

    private static final Set<Fate> KEEP = EnumSet.of(Fate.KEEP);
    private static final Set<Fate> ANY_FATE = EnumSet.allOf(Fate.class);
    private static final Set<CacheType> CACHED = EnumSet.of(CacheType.CACHED);
    private static final Set<CacheType> ANY_CACHE = EnumSet.allOf(CacheType.class);
    private static final Set<MapApi> ANY_API = EnumSet.allOf(MapApi.class);

    private static final Promise UNLOCKED_PAGES = unlockedPages(C4 + ": MmMapIoSpace maps physical pages that are not locked down. The "
            + "block's type has page frame entries in the strict reading, and nobody has locked them");

    private static final Promise UNLOCKED_PAGES_FIRST = unlockedPages(C4 + ". windows-driver-docs-ddi, wdm/nf-wdm-ioallocatemdl.md: an MDL "
            + "describes a virtual address, and for a block that nobody has mapped only MmMapIoSpace gives one; that call trips the rule "
            + "before IoAllocateMdl is reached");

    private static final List<Rule> RULES = List.of(
            new Rule("device memory under Verifier", KEEP, ANY_API, ANY_CACHE, Verifier.ON, Device.ONLY, new Promise.Open(
                    "No page says whether Driver Verifier's rule 0x83 sees pages that the firmware describes as device memory")),
            new Rule("MmMapIoSpace", KEEP, EnumSet.of(MapApi.MM_MAP_IO_SPACE), CACHED, Verifier.OFF, Device.ANY, new Promise.Kept(
                    UEFI_KEEP + "; windows-driver-docs-ddi, wdm/nf-wdm-mmmapiospace.md: maps a physical range to nonpaged system space")),
            new Rule("MmMapIoSpace under Verifier", KEEP, EnumSet.of(MapApi.MM_MAP_IO_SPACE), CACHED, Verifier.ON, Device.NEVER,
                    UNLOCKED_PAGES),
            new Rule("MDL for I/O space", KEEP, EnumSet.of(MapApi.MDL_FOR_IO_SPACE), CACHED, Verifier.EITHER, Device.NEVER,
                    new Promise.Kept(UEFI_KEEP + "; windows-driver-docs-ddi, wdm/nf-wdm-mmallocatemdlforiospace.md: takes ranges that "
                            + "the OS does not use as RAM, and its MDL counts as locked for MmMapLockedPagesSpecifyCache")),
            new Rule("section view", KEEP, EnumSet.of(MapApi.PHYSICAL_MEMORY_SECTION), CACHED, Verifier.EITHER, Device.NEVER,
                    new Promise.Kept(UEFI_KEEP + "; windows-driver-docs, kernel/opening-and-mapping-a-section.md and "
                            + "windows-driver-docs-ddi, wdm/nf-wdm-zwmapviewofsection.md: a kernel caller may map views of "
                            + "\\Device\\PhysicalMemory")),
            new Rule("probe and lock under Verifier", KEEP, EnumSet.of(MapApi.PROBE_AND_LOCK), CACHED, Verifier.ON, Device.NEVER,
                    UNLOCKED_PAGES_FIRST),
            new Rule("memory that an OS may take", EnumSet.of(Fate.RECLAIM, Fate.RECLAIM_AFTER_ACPI), ANY_API, ANY_CACHE, Verifier.EITHER,
                    Device.ANY, new Promise.Open("UEFI specification 2.10, section 7.2, Memory Type Usage "
                            + "after ExitBootServices(): an OS may use memory of this type as it likes, so nothing is "
                            + "promised of the block")),
            new Rule("anything else", ANY_FATE, ANY_API, ANY_CACHE, Verifier.EITHER, Device.ANY, new Promise.Open(
                    "Neither the UEFI specification nor the Windows documentation says what becomes of this combination")));

    private PromiseTable() {
    }

    /** The promise made of {@code cell}; {@link Promise.Open} where nothing is. */
    public static Promise of(Cell cell) {
        return RULES.stream().filter(rule -> rule.fits(cell)).findFirst().orElseThrow().promise();
    }

    private static Promise unlockedPages(String source) {
        return new Promise.BugCheck(0xC4, List.of(new Exactly(0x83), OfBlock.ADDRESS, OfBlock.BYTES, OfBlock.FIRST_PFN), true, source);
    }

    private enum Verifier { ON, OFF, EITHER }

    /** Whether a row speaks of memory that the firmware describes as a device's. */
    private enum Device { ONLY, NEVER, ANY }

    private record Rule(String name, Set<Fate> fates, Set<MapApi> apis, Set<CacheType> caches, Verifier verifier, Device device,
                        Promise promise) {

        boolean fits(Cell cell) {
            boolean deviceMemory = cell.reservation().type().isDevice();
            return fates.contains(cell.reservation().type().fate())
                    && apis.contains(cell.mapping().api())
                    && caches.contains(cell.mapping().cache())
                    && (verifier == Verifier.EITHER || (verifier == Verifier.ON) == cell.verifier().on())
                    && (device == Device.ANY || (device == Device.ONLY) == deviceMemory);
        }
    }
}
