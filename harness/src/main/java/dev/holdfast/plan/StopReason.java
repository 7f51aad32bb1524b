// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;

/**
 * What a bug check means where one of its parameters has a certain value.
 *
 * @param code      the bug check's
 * @param parameter which of the four tells, from 1
 * @param value     that parameter's
 * @param words     what happened, in one sentence without a full stop
 * @param source    where it is documented
 */
public record StopReason(long code, int parameter, long value, String words, String source) {

    private static final String DEBUGGER = "windows-driver-docs, debugger/bug-check-";
    private static final String C4 = DEBUGGER + "0xc4--driver-verifier-detected-violation.md";
    private static final String DA = DEBUGGER + "0xda--system-pte-misuse.md";

    /** Those that a guest of this project can come to, and a few that Windows is known for. */
    public static final List<StopReason> TABLE = List.of(
            new StopReason(0x1A, 1, 0x1000, "a cached page was to be mapped as noncached", DEBUGGER + "0x1a--memory-management.md"),
            new StopReason(0x1A, 1, 0x1233, "a driver mapped a physical page that was not locked; parameter 2 is its number", DEBUGGER + "0x1a--memory-management.md"),
            new StopReason(0x1A, 1, 0x1236,
                    "a driver gave an MDL with a page that was not locked", DEBUGGER + "0x1a--memory-management.md"),
            new StopReason(0x1A, 1, 0x4477, "a driver wrote to the user half of the System process where nothing is allocated; "
                    + "parameter 2 is the address", DEBUGGER + "0x1a--memory-management.md"),
            new StopReason(0x4E, 1, 0x07, "a page was unlocked more often than it was locked", DEBUGGER + "0x4e--pfn-list-corrupt.md"),
            new StopReason(0x4E, 1, 0x9A, "a page was freed that is still locked", DEBUGGER + "0x4e--pfn-list-corrupt.md"),
            new StopReason(0xC1, 4, 0x23,
                    "bytes near the allocation, in the same page, were overwritten", DEBUGGER + "0xc1--special-pool-detected-memory-corruption.md"),
            new StopReason(0xC1, 4, 0x24,
                    "bytes behind the allocation were overwritten", DEBUGGER + "0xc1--special-pool-detected-memory-corruption.md"),
            new StopReason(0xC2, 1, 0x0A,
                    "pool was freed with a tag that it was not allocated with", DEBUGGER + "0xc2--bad-pool-caller.md"),
            new StopReason(0xC2, 1, 0x46, "an address was freed that is no allocation of the pool", DEBUGGER + "0xc2--bad-pool-caller.md"),
            new StopReason(0xC4, 1, 0x00, "a driver asked the pool for no bytes", C4),
            new StopReason(0xC4, 1, 0x01, "paged pool was allocated above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x02, "nonpaged pool was allocated above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x10, "an address was freed that is no allocation of the pool", C4),
            new StopReason(0xC4, 1, 0x11, "paged pool was freed above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x12, "nonpaged pool was freed above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x30, "KeRaiseIrql was given an IRQL that is none, or lower than the present one", C4),
            new StopReason(0xC4, 1, 0x31, "KeLowerIrql was given an IRQL that is none, or higher than the present one", C4),
            new StopReason(0xC4, 1, 0x62, "a driver unloaded without freeing its pool allocations", C4),
            new StopReason(0xC4, 1, 0x6F, "MmProbeAndLockPages was given pages outside the PFN database", C4),
            new StopReason(0xC4, 1, 0x70, "MmProbeAndLockPages was called above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x71, "MmProbeAndLockProcessPages was called above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x73, "MmMapIoSpace was called above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x74, "MmMapLockedPages was called in kernel mode above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x75, "MmMapLockedPages was called in user mode above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x76, "MmMapLockedPagesSpecifyCache was called in kernel mode above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x77, "MmMapLockedPagesSpecifyCache was called in user mode above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x78, "MmUnlockPages was called above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x79, "MmUnmapLockedPages was called for a kernel address above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x7A, "MmUnmapLockedPages was called for a user address above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x7B, "MmUnmapIoSpace was called above APC_LEVEL", C4),
            new StopReason(0xC4, 1, 0x7C, "MmUnlockPages was given an MDL whose pages were never locked", C4),
            new StopReason(0xC4, 1, 0x7D, "MmUnlockPages was given an MDL of nonpaged pool", C4),
            new StopReason(0xC4, 1, 0x7E,
                    "MmAllocatePagesForMdl, one of its kin, or MmFreePagesFromMdl was called above DISPATCH_LEVEL", C4),
            new StopReason(0xC4, 1, 0x7F, "MmBuildMdlForNonPagedPool was given an MDL of paged pool", C4),
            new StopReason(0xC4, 1, 0x81, "MmMapLockedPages was called; MmMapLockedPagesSpecifyCache takes its place", C4),
            new StopReason(0xC4, 1, 0x82,
                    "a mapping that is to stop the system where it fails was asked for: BugCheckOnFailure was TRUE", C4),
            new StopReason(0xC4, 1, 0x83,
                    "MmMapIoSpace was called on pages that no MDL has locked down; parameters 2..4 are the start "
                    + "address, the bytes and the first page frame that is not locked", C4),
            new StopReason(0xC4, 1, 0x85, "MmMapLockedPages was given an MDL with pages that are not locked", C4),
            new StopReason(0xC4, 1, 0x89, "an MDL that is not marked as I/O holds pages that are not memory", C4),
            new StopReason(0xC4, 1, 0xB0, "MmProbeAndLockPages was given an MDL whose flags do not allow it", C4),
            new StopReason(0xC4, 1, 0xB1, "MmProbeAndLockProcessPages was given an MDL whose flags do not allow it", C4),
            new StopReason(0xC4, 1, 0xB2, "MmMapLockedPages was given an MDL whose flags do not allow it", C4),
            new StopReason(0xC4, 1, 0xB3, "an MDL was mapped whose pages were not locked", C4),
            new StopReason(0xC4, 1, 0xB4, "MmUnlockPages was given a partial MDL", C4),
            new StopReason(0xC4, 1, 0xB5, "MmUnmapLockedPages was given a partial MDL that is not mapped by itself", C4),
            new StopReason(0xC4, 1, 0xB6, "an MDL was unmapped that is not mapped", C4),
            new StopReason(0xC4, 1, 0xB8, "IoFreeMdl was given an MDL that is still mapped", C4),
            new StopReason(0xC4, 1, 0xB9, "an MDL was mapped to, or unmapped from, a user address that is none", C4),
            new StopReason(0xC4, 1, 0xE3, "a Zw routine was given a user-mode address", C4),
            new StopReason(0xC4, 1, 0xE4, "a Zw routine was given a malformed UNICODE_STRING", C4),
            new StopReason(0xC4, 1, 0xE5, "a routine was called above the IRQL that it may be called at", C4),
            new StopReason(0xC4, 1, 0xE6, "a Zw routine was called above PASSIVE_LEVEL", C4),
            new StopReason(0xC4, 1, 0xF6, "a driver used a user-mode handle as if it were a kernel one", C4),
            new StopReason(0xDA, 1, 0x03, "an MDL's mapping was undone at an address that is not the one where it is mapped", DA),
            new StopReason(0xDA, 1, 0x04, "the first page of an MDL has changed since the MDL was mapped", DA),
            new StopReason(0xDA, 1, 0x06, "an MDL was unmapped that is not mapped", DA),
            new StopReason(0xDA, 1, 0x100, "an address range of no pages was to be reserved", DA),
            new StopReason(0xDA, 1, 0x101, "a reserved address range was freed with a tag that is not its owner's", DA),
            new StopReason(0xDA, 1, 0x102, "an address range was freed that is empty: nobody has reserved it", DA),
            new StopReason(0xDA, 1, 0x103, "a reserved address range was freed while something is mapped in it", DA),
            new StopReason(0xDA, 1, 0x104, "an MDL was to be mapped in an address range that is reserved under another tag", DA),
            new StopReason(0xDA, 1, 0x105, "an MDL was to be mapped where no address range begins that was reserved for it", DA),
            new StopReason(0xDA, 1, 0x107, "an MDL was to be mapped in a reserved address range where something is mapped already", DA),
            new StopReason(0xDA, 1, 0x108, "a reserved mapping was undone with a tag that is not its owner's", DA),
            new StopReason(0xDA, 1, 0x109, "a reserved mapping was undone in an address range that is empty", DA),
            new StopReason(0xDA, 1, 0x10A, "more pages were unmapped than a reserved address range has", DA),
            new StopReason(0xDA, 1, 0x10B, "pages of a reserved address range were unmapped that are not mapped", DA),
            new StopReason(0xDA, 1, 0x10C, "fewer pages were unmapped than are mapped in a reserved address range", DA),
            new StopReason(0xDA, 1, 0x302, "a system address was unmapped where nothing is mapped", DA),
            new StopReason(0xDA, 1, 0x303, "addresses were unmapped that were not reserved for such a mapping", DA),
            new StopReason(0xDA, 1, 0x304, "addresses were unmapped that begin in the middle of another mapping", DA),
            new StopReason(0xDA, 1, 0x305, "a mapping was undone with a size that is not its own", DA));

    /** What a bug check says by this value of the parameter that tells; none where nobody knows. */
    public static List<StopReason> of(long code, long value) {
        return TABLE.stream().filter(reason -> reason.code == code && reason.value == value).toList();
    }
}
