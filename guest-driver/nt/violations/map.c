/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mapping the pages of an MDL and unmapping them. The obsolete MmMapLockedPages' twin is the routine that replaced it. */
#include "violation.h"

#define BYTES (2 * PAGE_SIZE)

static PVOID MapMode(PMDL Mdl, KPROCESSOR_MODE Mode, BOOLEAN BugCheckOnFailure)
{
    PVOID Address = MmMapLockedPagesSpecifyCache(Mdl, Mode, MmCached, NULL, BugCheckOnFailure, NormalPagePriority);

    Say("address", (ULONG_PTR)Address);
    return Address;
}

static PVOID Map(PMDL Mdl)
{
    return MapMode(Mdl, KernelMode, FALSE);
}

static VOID Finish(DESCRIBED *Described, PVOID Address)
{
    MmUnmapLockedPages(Address, Described->Mdl);
    MmUnlockPages(Described->Mdl);
    Forget(Described);
}

/* The obsolete routine at an IRQL, or its successor at one that it allows. */
static VOID MapOldAt(KIRQL Irql, KPROCESSOR_MODE Mode, BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    KIRQL Old = RaiseTo(Irql);
    PVOID Address = Properly ? MapMode(Described.Mdl, Mode, FALSE) : MmMapLockedPages(Described.Mdl, Mode);

    LowerTo(Old);
    Finish(&Described, Address);
}

static VOID MapOldKernelAboveDispatch(BOOLEAN Properly)
{
    MapOldAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, KernelMode, Properly);
}

static VOID MapOldUserAboveApc(BOOLEAN Properly)
{
    MapOldAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, UserMode, Properly);
}

static VOID MapOldUsed(BOOLEAN Properly)
{
    MapOldAt(PASSIVE_LEVEL, KernelMode, Properly);
}

static VOID MapAt(KIRQL Irql, KPROCESSOR_MODE Mode)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    KIRQL Old = RaiseTo(Irql);
    PVOID Address = MapMode(Described.Mdl, Mode, FALSE);

    LowerTo(Old);
    Finish(&Described, Address);
}

static VOID MapKernelAboveDispatch(BOOLEAN Properly)
{
    MapAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, KernelMode);
}

static VOID MapUserAboveApc(BOOLEAN Properly)
{
    MapAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, UserMode);
}

static VOID UnmapAt(KIRQL Irql, KPROCESSOR_MODE Mode)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = MapMode(Described.Mdl, Mode, FALSE);
    KIRQL Old = RaiseTo(Irql);

    MmUnmapLockedPages(Address, Described.Mdl);
    LowerTo(Old);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

static VOID UnmapKernelAboveDispatch(BOOLEAN Properly)
{
    UnmapAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, KernelMode);
}

static VOID UnmapUserAboveApc(BOOLEAN Properly)
{
    UnmapAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, UserMode);
}

static VOID BugCheckOnFailure(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);

    Finish(&Described, MapMode(Described.Mdl, KernelMode, !Properly));
}

static VOID MapTwice(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = Map(Described.Mdl);

    if (!Properly) {
        Address = Map(Described.Mdl);
    }
    Finish(&Described, Address);
}

static VOID MapNeverLocked(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(NonPagedPool, BYTES);

    if (Properly) {
        Lock(Described.Mdl);
    }
    Finish(&Described, Map(Described.Mdl));
}

/* The flag says that the pages are locked, and they are not any more: what a driver gets that writes flags itself. */
static VOID MapFlaggedButUnlocked(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);

    Say("pages-at", (ULONG_PTR)MmGetMdlPfnArray(Described.Mdl));
    if (!Properly) {
        MmUnlockPages(Described.Mdl);
        Described.Mdl->MdlFlags |= MDL_PAGES_LOCKED;
    }
    Finish(&Described, Map(Described.Mdl));
}

/* The second of the pages is a device's, without the flag that says so. */
static VOID MapNonMemory(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PPFN_NUMBER Pages = MmGetMdlPfnArray(Described.Mdl);
    PFN_NUMBER Second = Pages[1];
    PVOID Address;

    Say("pages-at", (ULONG_PTR)&Pages[1]);
    if (!Properly) {
        Pages[1] = (ULONGLONG)DEVICE_ADDRESS >> PAGE_SHIFT;
    }
    Address = Map(Described.Mdl);
    Pages[1] = Second;
    Finish(&Described, Address);
}

static VOID UnmapOfUnmapped(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = Map(Described.Mdl);

    if (!Properly) {
        MmUnmapLockedPages(Address, Described.Mdl);
    }
    Finish(&Described, Address);
}

static VOID UnmapOfPartial(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = Map(Described.Mdl);
    PMDL Partial = IoAllocateMdl(Described.Buffer, PAGE_SIZE, FALSE, FALSE, NULL);

    Say("partial", (ULONG_PTR)Partial);
    IoBuildPartialMdl(Described.Mdl, Partial, Described.Buffer, PAGE_SIZE);
    if (!Properly) {
        MmUnmapLockedPages(Partial->MappedSystemVa, Partial);
    }
    IoFreeMdl(Partial);
    Finish(&Described, Address);
}

/* WDD: debugger/bug-check-0xda, 3: another address than the one it was mapped at. */
static VOID UnmapElsewhere(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PUCHAR Address = Map(Described.Mdl);

    Finish(&Described, Properly ? Address : Address + PAGE_SIZE);
}

/* WDD: debugger/bug-check-0xda, 4: the MDL's first page is not the one that was mapped. */
static VOID UnmapOfChanged(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = Map(Described.Mdl);

    if (!Properly) {
        MmGetMdlPfnArray(Described.Mdl)[0] = (ULONGLONG)DEVICE_ADDRESS >> PAGE_SHIFT;
    }
    Finish(&Described, Address);
}

static VOID FreeWhileMapped(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = Map(Described.Mdl);

    if (Properly) {
        MmUnmapLockedPages(Address, Described.Mdl);
        MmUnlockPages(Described.Mdl);
    }
    Forget(&Described);
}

const VIOLATION gMapViolations[] = {
    {"map-locked-pages-kernel-above-dispatch", MapOldKernelAboveDispatch},
    {"map-locked-pages-user-above-apc", MapOldUserAboveApc},
    {"map-locked-pages-used", MapOldUsed},
    {"map-locked-pages-specify-cache-kernel-above-dispatch", MapKernelAboveDispatch},
    {"map-locked-pages-specify-cache-user-above-apc", MapUserAboveApc},
    {"unmap-locked-pages-kernel-above-dispatch", UnmapKernelAboveDispatch},
    {"unmap-locked-pages-user-above-apc", UnmapUserAboveApc},
    {"bug-check-on-failure", BugCheckOnFailure},
    {"map-wrong-flags", MapTwice},
    {"map-missing-flags", MapNeverLocked},
    {"map-locked-pages-unlocked", MapFlaggedButUnlocked},
    {"mdl-holds-non-memory", MapNonMemory},
    {"unmap-of-unmapped", UnmapOfUnmapped},
    {"unmap-of-partial", UnmapOfPartial},
    {"unmap-elsewhere", UnmapElsewhere},
    {"unmap-of-changed-mdl", UnmapOfChanged},
    {"free-mdl-while-mapped", FreeWhileMapped},
    {NULL, NULL},
};
