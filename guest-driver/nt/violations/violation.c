/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What violations have in common. */
#include "violation.h"

DESCRIBED Describe(POOL_TYPE Type, SIZE_T Bytes)
{
    DESCRIBED Described = {ExAllocatePoolWithTag(Type, Bytes, VIOLATION_TAG), NULL};

    if (Described.Buffer != NULL) {
        Described.Mdl = IoAllocateMdl(Described.Buffer, (ULONG)Bytes, FALSE, FALSE, NULL);
    }
    Say("mdl", (ULONG_PTR)Described.Mdl);
    Say("buffer", (ULONG_PTR)Described.Buffer);
    Say("page", (ULONGLONG)MmGetPhysicalAddress(Described.Buffer).QuadPart >> PAGE_SHIFT);
    return Described;
}

DESCRIBED DescribeLocked(SIZE_T Bytes)
{
    DESCRIBED Described = Describe(NonPagedPool, Bytes);

    Lock(Described.Mdl);
    return Described;
}

VOID Forget(DESCRIBED *Described)
{
    IoFreeMdl(Described->Mdl);
    ExFreePoolWithTag(Described->Buffer, VIOLATION_TAG);
}

VOID Lock(PMDL Mdl)
{
    MmProbeAndLockPages(Mdl, KernelMode, IoModifyAccess);
}

KIRQL RaiseTo(KIRQL Irql)
{
    KIRQL Old;

    KeRaiseIrql(Irql, &Old);
    return Old;
}

VOID LowerTo(KIRQL Irql)
{
    KeLowerIrql(Irql);
}

PVOID Resolve(PCWSTR Name)
{
    UNICODE_STRING String;

    RtlInitUnicodeString(&String, Name);
    return MmGetSystemRoutineAddress(&String);
}
