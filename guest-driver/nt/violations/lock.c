/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Locking pages, unlocking them, and MDLs for pages that need no lock. */
#include "violation.h"

#define BYTES (2 * PAGE_SIZE)

static VOID LockAt(KIRQL Irql, POOL_TYPE Type)
{
    DESCRIBED Described = Describe(Type, BYTES);
    KIRQL Old = RaiseTo(Irql);

    Lock(Described.Mdl);
    LowerTo(Old);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

static VOID LockedAboveDispatch(BOOLEAN Properly)
{
    LockAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, NonPagedPool);
}

static VOID LockedPageableAtDispatch(BOOLEAN Properly)
{
    LockAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, PagedPool);
}

static VOID LockedOutsidePfnDatabase(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    DESCRIBED Described = Describe(NonPagedPool, PAGE_SIZE);
    PVOID Registers = MmMapIoSpace(Device, PAGE_SIZE, MmNonCached);
    PMDL Mdl = IoAllocateMdl(Properly ? Described.Buffer : Registers, PAGE_SIZE, FALSE, FALSE, NULL);

    Say("device-mdl", (ULONG_PTR)Mdl);
    Lock(Mdl);
    MmUnlockPages(Mdl);
    IoFreeMdl(Mdl);
    MmUnmapIoSpace(Registers, PAGE_SIZE);
    Forget(&Described);
}

static VOID LockedTwice(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);

    if (Properly) {
        MmUnlockPages(Described.Mdl);
    }
    Lock(Described.Mdl);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

/* The routine that locks in another process; the only one here is this one. */
static VOID LockInProcess(KIRQL Irql, BOOLEAN Twice)
{
    DESCRIBED Described = Describe(NonPagedPool, BYTES);
    KIRQL Old;

    Say("process", (ULONG_PTR)PsGetCurrentProcess());
    if (Twice) {
        Lock(Described.Mdl);
    }
    Old = RaiseTo(Irql);
    MmProbeAndLockProcessPages(Described.Mdl, PsGetCurrentProcess(), KernelMode, IoModifyAccess);
    LowerTo(Old);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

static VOID LockedInProcessAboveDispatch(BOOLEAN Properly)
{
    LockInProcess(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, FALSE);
}

static VOID LockedInProcessTwice(BOOLEAN Properly)
{
    LockInProcess(PASSIVE_LEVEL, !Properly);
}

static VOID UnlockedAboveDispatch(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    KIRQL Old = RaiseTo(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH);

    MmUnlockPages(Described.Mdl);
    LowerTo(Old);
    Forget(&Described);
}

static VOID UnlockedNeverLocked(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(NonPagedPool, BYTES);

    if (Properly) {
        Lock(Described.Mdl);
    }
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

static VOID UnlockedNonPagedPool(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(NonPagedPool, BYTES);

    MmBuildMdlForNonPagedPool(Described.Mdl);
    if (!Properly) {
        MmUnlockPages(Described.Mdl);
    }
    Forget(&Described);
}

static VOID BuiltOnPagedPool(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(Properly ? NonPagedPool : PagedPool, BYTES);

    MmBuildMdlForNonPagedPool(Described.Mdl);
    Forget(&Described);
}

static VOID BuiltAboveDispatch(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(NonPagedPool, BYTES);
    KIRQL Old = RaiseTo(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH);

    MmBuildMdlForNonPagedPool(Described.Mdl);
    LowerTo(Old);
    Say("built", (Described.Mdl->MdlFlags & MDL_SOURCE_IS_NONPAGED_POOL) != 0);
    Forget(&Described);
}

static VOID UnlockedPartial(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PMDL Partial = IoAllocateMdl(Described.Buffer, PAGE_SIZE, FALSE, FALSE, NULL);

    Say("partial", (ULONG_PTR)Partial);
    IoBuildPartialMdl(Described.Mdl, Partial, Described.Buffer, PAGE_SIZE);
    if (!Properly) {
        MmUnlockPages(Partial);
    }
    IoFreeMdl(Partial);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

const VIOLATION gLockViolations[] = {
    {"probe-and-lock-above-dispatch", LockedAboveDispatch},
    {"probe-and-lock-pageable-at-dispatch", LockedPageableAtDispatch},
    {"probe-and-lock-outside-pfn-database", LockedOutsidePfnDatabase},
    {"probe-and-lock-wrong-flags", LockedTwice},
    {"probe-and-lock-process-pages-above-dispatch", LockedInProcessAboveDispatch},
    {"probe-and-lock-process-pages-wrong-flags", LockedInProcessTwice},
    {"unlock-pages-above-dispatch", UnlockedAboveDispatch},
    {"unlock-of-never-locked", UnlockedNeverLocked},
    {"unlock-of-nonpaged-pool", UnlockedNonPagedPool},
    {"build-mdl-on-paged-pool", BuiltOnPagedPool},
    {"build-mdl-above-dispatch", BuiltAboveDispatch},
    {"unlock-of-partial", UnlockedPartial},
    {NULL, NULL},
};
