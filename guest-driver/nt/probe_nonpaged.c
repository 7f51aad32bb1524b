/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Which memory is nonpaged, and what may be asked of which: MmBuildMdlForNonPagedPool, MmProbeAndLockPages at both IRQLs,
 * MmIsAddressValid, MmGetSystemAddressForMdlSafe (DDI: wdm/nf-wdm-mmbuildmdlfornonpagedpool,
 * wdm/nf-wdm-mmprobeandlockpages, ntddk/nf-ntddk-mmisaddressvalid, wdm/nf-wdm-mmgetsystemaddressformdlsafe).
 */
#include "probe.h"

#define POOL_TAG 'pnrH'
#define BUFFER_BYTES ((SIZE_T)2 * PAGE_SIZE)

/* In the user half, in the first 64 KiB, where nothing is ever mapped. */
#define NEVER_MAPPED ((PVOID)0x1000)

static PVOID Allocate(const char *Step, POOL_TYPE Type)
{
    PVOID Buffer = ExAllocatePoolWithTag(Type, BUFFER_BYTES, POOL_TAG);

    StepPointer(Step, Buffer);
    return Buffer;
}

static PMDL Describe(PVOID Buffer)
{
    return IoAllocateMdl(Buffer, (ULONG)BUFFER_BYTES, FALSE, FALSE, NULL);
}

/* An MDL of nonpaged pool is mapped from the beginning, where the pool is. */
static VOID Build(PVOID Buffer)
{
    PMDL Mdl = Describe(Buffer);

    if (!StepPointer("build-mdl", Mdl)) {
        return;
    }
    MmBuildMdlForNonPagedPool(Mdl);
    StepStatus("build", STATUS_SUCCESS, (USHORT)Mdl->MdlFlags);
    StepAnswer("built-address-reused", MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority) == Buffer);
    IoFreeMdl(Mdl);
}

/* Locked pages are mapped when first asked for, and that mapping is there for whoever asks again. */
static VOID MapTwice(PMDL Mdl, const volatile ULONG *Buffer)
{
    const volatile ULONG *First = MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority);

    if (!StepPointer("map-locked", (const VOID *)First)) {
        return;
    }
    StepAnswer("mapping-reused", MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority) == First);
    StepAnswer("mapping-shows-buffer", *First == *Buffer);
}

static VOID LockAt(const char *Step, PVOID Buffer, KIRQL Irql, BOOLEAN Map)
{
    PMDL Mdl = Describe(Buffer);

    if (Mdl == NULL) {
        StepPointer(Step, NULL);
        return;
    }
    if (NT_SUCCESS(StepLock(Step, Mdl, Irql))) {
        if (Map) {
            MapTwice(Mdl, Buffer);
        }
        MmUnlockPages(Mdl);
    }
    IoFreeMdl(Mdl);
}

static VOID AskNonPaged(VOID)
{
    PULONG Buffer = Allocate("pool-nonpaged", NonPagedPool);

    if (Buffer == NULL) {
        return;
    }
    *Buffer = POOL_TAG;
    StepAnswer("nonpaged-valid", MmIsAddressValid(Buffer));
    Build(Buffer);
    LockAt("lock-nonpaged-passive", Buffer, PASSIVE_LEVEL, TRUE);
    LockAt("lock-nonpaged-dispatch", Buffer, DISPATCH_LEVEL, FALSE);
    ExFreePoolWithTag(Buffer, POOL_TAG);
}

static VOID AskPaged(VOID)
{
    PULONG Buffer = Allocate("pool-paged", PagedPool);

    if (Buffer == NULL) {
        return;
    }
    *Buffer = POOL_TAG;
    StepAnswer("paged-valid", MmIsAddressValid(Buffer));
    LockAt("lock-paged-passive", Buffer, PASSIVE_LEVEL, FALSE);
    ExFreePoolWithTag(Buffer, POOL_TAG);
}

static VOID RunNonPaged(VOID)
{
    AskNonPaged();
    AskPaged();
    StepAnswer("unmapped-valid", MmIsAddressValid(NEVER_MAPPED));
    LockAt("lock-unmapped", NEVER_MAPPED, PASSIVE_LEVEL, FALSE);
}

/* Not for this memory: the routine wants nonpaged pool. */
static VOID RunPagedMdl(VOID)
{
    PVOID Buffer = Allocate("pool-paged", PagedPool);

    if (Buffer != NULL) {
        Build(Buffer);
        ExFreePoolWithTag(Buffer, POOL_TAG);
    }
}

/* Not at this IRQL: the pages may have to be brought in. */
static VOID RunPagedDispatch(VOID)
{
    PVOID Buffer = Allocate("pool-paged", PagedPool);

    if (Buffer != NULL) {
        LockAt("lock-paged-dispatch", Buffer, DISPATCH_LEVEL, FALSE);
        ExFreePoolWithTag(Buffer, POOL_TAG);
    }
}

const HF_PROBE gProbeNonPaged = {"osr-nonpaged", RunNonPaged};
const HF_PROBE gProbePagedMdl = {"osr-nonpaged-paged-mdl", RunPagedMdl};
const HF_PROBE gProbePagedDispatch = {"osr-nonpaged-paged-dispatch", RunPagedDispatch};
