/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* WDD: devtest/automatic-checks, devtest/pool-tracking and devtest/special-pool: memory that a driver asks for. */
#include "violation.h"

#define BYTES 64
#define LEAKS 3

static VOID AllocateAt(KIRQL Irql, POOL_TYPE Type)
{
    KIRQL Old = RaiseTo(Irql);
    PVOID Block = ExAllocatePoolWithTag(Type, BYTES, VIOLATION_TAG);

    LowerTo(Old);
    ExFreePoolWithTag(Block, VIOLATION_TAG);
}

static VOID FreeAt(KIRQL Irql, POOL_TYPE Type)
{
    PVOID Block = ExAllocatePoolWithTag(Type, BYTES, VIOLATION_TAG);
    KIRQL Old;

    Say("block", (ULONG_PTR)Block);
    Old = RaiseTo(Irql);
    ExFreePoolWithTag(Block, VIOLATION_TAG);
    LowerTo(Old);
}

static VOID ZeroBytes(BOOLEAN Properly)
{
    ExFreePoolWithTag(ExAllocatePoolWithTag(NonPagedPool, Properly ? BYTES : 0, VIOLATION_TAG), VIOLATION_TAG);
}

static VOID PagedAllocatedAboveApc(BOOLEAN Properly)
{
    AllocateAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, PagedPool);
}

static VOID NonPagedAllocatedAboveDispatch(BOOLEAN Properly)
{
    AllocateAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, NonPagedPool);
}

static VOID FreedBadAddress(BOOLEAN Properly)
{
    PUCHAR Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);

    Say("address", (ULONG_PTR)(Properly ? Block : Block + 16));
    ExFreePoolWithTag(Properly ? Block : Block + 16, VIOLATION_TAG);
}

static VOID PagedFreedAboveApc(BOOLEAN Properly)
{
    FreeAt(Properly ? APC_LEVEL : DISPATCH_LEVEL, PagedPool);
}

static VOID NonPagedFreedAboveDispatch(BOOLEAN Properly)
{
    FreeAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, NonPagedPool);
}

static VOID Leaked(BOOLEAN Properly)
{
    PVOID Block;
    ULONG Count;

    for (Count = 0; Count < LEAKS; Count++) {
        Block = ExAllocatePoolWithTag((Count == 0) ? PagedPool : NonPagedPool, BYTES, VIOLATION_TAG);
        if (Properly) {
            ExFreePoolWithTag(Block, VIOLATION_TAG);
        }
    }
}

static VOID FreedWithAnotherTag(BOOLEAN Properly)
{
    PVOID Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);

    Say("block", (ULONG_PTR)Block);
    ExFreePoolWithTag(Block, Properly ? VIOLATION_TAG : 'rehO');
}

static VOID Overrun(BOOLEAN Properly)
{
    volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);

    Say("address", (ULONG_PTR)Block + BYTES);
    Block[Properly ? BYTES - 1 : BYTES] = 1;
    ExFreePoolWithTag((PVOID)Block, VIOLATION_TAG);
}

static VOID Underrun(BOOLEAN Properly)
{
    volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);

    Say("block", (ULONG_PTR)Block);
    Say("address", (ULONG_PTR)Block - 1);
    *(Properly ? Block : Block - 1) = 1;
    ExFreePoolWithTag((PVOID)Block, VIOLATION_TAG);
}

static VOID OverrunIntoPadding(BOOLEAN Properly)
{
    volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, BYTES - 1, VIOLATION_TAG);

    Say("block", (ULONG_PTR)Block);
    Say("address", (ULONG_PTR)Block + BYTES - 1);
    Block[Properly ? BYTES - 2 : BYTES - 1] = 1;
    ExFreePoolWithTag((PVOID)Block, VIOLATION_TAG);
}

static VOID UsedAfterFree(BOOLEAN Properly)
{
    volatile UCHAR *Block = ExAllocatePoolWithTag(NonPagedPool, BYTES, VIOLATION_TAG);

    Say("address", (ULONG_PTR)Block);
    if (Properly) {
        *Block = 1;
    }
    ExFreePoolWithTag((PVOID)Block, VIOLATION_TAG);
    if (!Properly) {
        *Block = 1;
    }
}

const VIOLATION gPoolViolations[] = {
    {"pool-zero-bytes", ZeroBytes},
    {"paged-pool-allocated-above-apc", PagedAllocatedAboveApc},
    {"nonpaged-pool-allocated-above-dispatch", NonPagedAllocatedAboveDispatch},
    {"pool-freed-bad-address", FreedBadAddress},
    {"paged-pool-freed-above-apc", PagedFreedAboveApc},
    {"nonpaged-pool-freed-above-dispatch", NonPagedFreedAboveDispatch},
    {"pool-leaked-at-unload", Leaked},
    {"pool-freed-with-another-tag", FreedWithAnotherTag},
    {"pool-overrun", Overrun},
    {"pool-underrun", Underrun},
    {"pool-overrun-into-padding", OverrunIntoPadding},
    {"pool-used-after-free", UsedAfterFree},
    {NULL, NULL},
};
