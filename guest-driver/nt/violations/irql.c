/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * WDD: devtest/automatic-checks: IRQLs. Drivers for x64 raise and lower theirs by an instruction, which no Verifier sees
 * (WDD: debuggercmds/-verifier), so the routines are looked up.
 */
#include "violation.h"

typedef KIRQL KE_RAISE_IRQL(KIRQL NewIrql);
typedef VOID KE_LOWER_IRQL(KIRQL NewIrql);

static VOID RaisedToLess(BOOLEAN Properly)
{
    KE_RAISE_IRQL *Raise = (KE_RAISE_IRQL *)Resolve(L"KfRaiseIrql");
    KIRQL Old = RaiseTo(DISPATCH_LEVEL);

    (VOID)Raise(Properly ? DISPATCH_LEVEL : APC_LEVEL);
    LowerTo(Old);
}

static VOID LoweredToMore(BOOLEAN Properly)
{
    KE_LOWER_IRQL *Lower = (KE_LOWER_IRQL *)Resolve(L"KeLowerIrql");
    KIRQL Old = RaiseTo(APC_LEVEL);

    Lower(Properly ? APC_LEVEL : DISPATCH_LEVEL);
    LowerTo(Old);
}

static VOID CalledAboveItsIrql(BOOLEAN Properly)
{
    KIRQL Old = RaiseTo(Properly ? PASSIVE_LEVEL : APC_LEVEL);
    PPHYSICAL_MEMORY_RANGE Ranges = MmGetPhysicalMemoryRanges();

    LowerTo(Old);
    ExFreePool(Ranges);
}

/* DDI: ntddk/nf-ntddk-mmisaddressvalid */
static VOID ValidityAskedAboveDispatch(BOOLEAN Properly)
{
    KIRQL Old = RaiseTo(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH);
    BOOLEAN Valid = MmIsAddressValid(&Old);

    LowerTo(Old);
    Say("valid", Valid);
}

/* DDI: ntddk/nf-ntddk-mmcopymemory */
static VOID CopiedAboveApc(BOOLEAN Properly)
{
    MM_COPY_MEMORY *CopyMemory = (MM_COPY_MEMORY *)Resolve(L"MmCopyMemory");
    MM_COPY_ADDRESS Source;
    ULONG From = 1;
    ULONG To = 0;
    SIZE_T Copied;
    KIRQL Old;

    Source.VirtualAddress = &From;
    Old = RaiseTo(Properly ? APC_LEVEL : DISPATCH_LEVEL);
    (VOID)CopyMemory(&To, Source, sizeof(To), MM_COPY_MEMORY_VIRTUAL, &Copied);
    LowerTo(Old);
    Say("copied", To);
}

/* DDI: ntddk/nf-ntddk-mmgetphysicalmemoryrangesex2 */
static VOID RangesAskedAbovePassive(BOOLEAN Properly)
{
    MM_GET_PHYSICAL_MEMORY_RANGES_EX2 *Get =
        (MM_GET_PHYSICAL_MEMORY_RANGES_EX2 *)Resolve(L"MmGetPhysicalMemoryRangesEx2");
    KIRQL Old = RaiseTo(Properly ? PASSIVE_LEVEL : APC_LEVEL);
    PPHYSICAL_MEMORY_RANGE Ranges = Get(NULL, 0);

    LowerTo(Old);
    ExFreePool(Ranges);
}

/* WDD: debugger/bug-check-0xc8: a driver returns at the IRQL that it was called at. */
static VOID ReturnedAtAnotherIrql(BOOLEAN Properly)
{
    KIRQL Old = RaiseTo(DISPATCH_LEVEL);

    if (Properly) {
        LowerTo(Old);
    }
}

const VIOLATION gIrqlViolations[] = {
    {"raise-irql-bad", RaisedToLess},
    {"lower-irql-bad", LoweredToMore},
    {"wrong-irql", CalledAboveItsIrql},
    {"is-address-valid-above-dispatch", ValidityAskedAboveDispatch},
    {"copy-memory-above-apc", CopiedAboveApc},
    {"ranges-above-passive", RangesAskedAbovePassive},
    {"returned-at-another-irql", ReturnedAtAnotherIrql},
    {NULL, NULL},
};
