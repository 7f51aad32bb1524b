/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "ob.h"

#include "model.h"
#include "vf.h"

#define HANDLES_MAX 256

/* Handles count in fours; those of the kernel's table have the upper bits set, as on Windows. */
#define HANDLE_STEP 4
#define KERNEL_HANDLE_BITS 0xFFFFFFFF80000000ull

static OB_HANDLE Handles[HANDLES_MAX];

NTSTATUS ObpCreateHandle(ACCESS_MASK Access, BOOLEAN Kernel, PHANDLE Handle)
{
    ULONG64 Index;

    for (Index = 1; Index < HANDLES_MAX; Index++) {
        if (!Handles[Index].InUse) {
            Handles[Index].InUse = TRUE;
            Handles[Index].Access = Access;
            Handles[Index].Kernel = Kernel;
            *Handle = (HANDLE)(Index * HANDLE_STEP | (Kernel ? KERNEL_HANDLE_BITS : 0));
            return STATUS_SUCCESS;
        }
    }
    return STATUS_INSUFFICIENT_RESOURCES;
}

OB_HANDLE *ObpReferenceHandle(HANDLE Handle, const VOID *Caller)
{
    ULONG64 Value = (ULONG64)Handle;
    BOOLEAN Kernel = (Value & KERNEL_HANDLE_BITS) == KERNEL_HANDLE_BITS;
    ULONG64 Index = (Kernel ? Value & ~KERNEL_HANDLE_BITS : Value) / HANDLE_STEP;

    if ((Index >= HANDLES_MAX) || (Value % HANDLE_STEP != 0) || !Handles[Index].InUse ||
        (Handles[Index].Kernel != Kernel)) {
        return NULL;
    }
    /* C4, 0xF6: handle, process, caller. A driver's handle is a kernel handle (OBJ_KERNEL_HANDLE) or anybody's. */
    if (!Kernel && VfIsEnabled(VF_MISCELLANEOUS) && !ModelDecides(ModelSectionHandle)) {
        VfViolation(0xF6, Value, (ULONG_PTR)PsGetCurrentProcess(), (ULONG_PTR)Caller, Caller);
    }
    return &Handles[Index];
}

ULONG ObpCountHandles(VOID)
{
    ULONG Count = 0;
    ULONG Index;

    for (Index = 0; Index < HANDLES_MAX; Index++) {
        Count += Handles[Index].InUse;
    }
    return Count;
}

/* DDI: nf-wdm-zwclose. PASSIVE_LEVEL; STATUS_INVALID_HANDLE for a handle that is not open. */
NTSTATUS NTAPI ZwClose(HANDLE Handle)
{
    OB_HANDLE *Entry;

    VfCheckZwCall(RETURN_ADDRESS());
    Entry = ObpReferenceHandle(Handle, RETURN_ADDRESS());
    if (Entry == NULL) {
        return STATUS_INVALID_HANDLE;
    }
    Entry->InUse = FALSE;
    return STATUS_SUCCESS;
}
