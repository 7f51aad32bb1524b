/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Handles. The one kind of object here is the section \Device\PhysicalMemory. */
#ifndef OB_H
#define OB_H

#include "nt.h"

typedef struct {
    ACCESS_MASK Access;
    BOOLEAN InUse;
    BOOLEAN Kernel;     /* made with OBJ_KERNEL_HANDLE */
} OB_HANDLE;

NTSTATUS ObpCreateHandle(ACCESS_MASK Access, BOOLEAN Kernel, PHANDLE Handle);

/* The open handle of that value, or null. Checks Verifier's 0xF6. */
OB_HANDLE *ObpReferenceHandle(HANDLE Handle, const VOID *Caller);

/* Handles that are open. */
ULONG ObpCountHandles(VOID);

#endif
