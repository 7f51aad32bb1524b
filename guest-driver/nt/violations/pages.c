/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Pages that come in an MDL. */
#include "violation.h"

#define BYTES (2 * PAGE_SIZE)

static PMDL Allocate(VOID)
{
    PHYSICAL_ADDRESS Low = {.QuadPart = 0};
    PHYSICAL_ADDRESS High = {.QuadPart = -1};

    return MmAllocatePagesForMdlEx(Low, High, Low, BYTES, MmCached, 0);
}

static VOID AllocatedAboveDispatch(BOOLEAN Properly)
{
    KIRQL Old = RaiseTo(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH);
    PMDL Mdl = Allocate();

    LowerTo(Old);
    MmFreePagesFromMdl(Mdl);
    ExFreePool(Mdl);
}

static VOID FreedAboveDispatch(BOOLEAN Properly)
{
    PMDL Mdl = Allocate();
    KIRQL Old = RaiseTo(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH);

    MmFreePagesFromMdl(Mdl);
    LowerTo(Old);
    ExFreePool(Mdl);
}

/* WDD: debugger/bug-check-0x4e, 7: pages that are not the MDL's to free any more. */
static VOID FreedTwice(BOOLEAN Properly)
{
    PMDL Mdl = Allocate();

    Say("page", MmGetMdlPfnArray(Mdl)[0]);
    MmFreePagesFromMdl(Mdl);
    if (!Properly) {
        MmFreePagesFromMdl(Mdl);
    }
    ExFreePool(Mdl);
}

/* 0x9A: pages that another MDL has locked, by an address that they were mapped at. */
static VOID FreedWhileLocked(BOOLEAN Properly)
{
    PMDL Mdl = Allocate();
    PVOID Address = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
    PMDL Other = IoAllocateMdl(Address, BYTES, FALSE, FALSE, NULL);

    Say("page", MmGetMdlPfnArray(Mdl)[0]);
    Lock(Other);
    if (Properly) {
        MmUnlockPages(Other);
    }
    MmUnmapLockedPages(Address, Mdl);
    MmFreePagesFromMdl(Mdl);
    IoFreeMdl(Other);
    ExFreePool(Mdl);
}

const VIOLATION gPagesViolations[] = {
    {"pages-for-mdl-above-dispatch", AllocatedAboveDispatch},
    {"free-pages-above-dispatch", FreedAboveDispatch},
    {"free-pages-twice", FreedTwice},
    {"free-pages-while-locked", FreedWhileLocked},
    {NULL, NULL},
};
