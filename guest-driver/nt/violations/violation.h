/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Violations: what drivers must not do, committed on purpose, one a run. A rule of the contract guest's Verifier, or a bug
 * check of its, is believed once it was seen to fire here; and each has a proper twin, the same calls made as they should
 * be, which must stay quiet.
 */
#ifndef HF_VIOLATION_H
#define HF_VIOLATION_H

#include <ntddk.h>

#include "ntmissing.h"

/* Imported by name: a kernel that lacks it does not load this driver. */
NTKERNELAPI MM_ALLOCATE_MDL_FOR_IO_SPACE MmAllocateMdlForIoSpace;

#define VIOLATION_TAG 'oiVH'

/* A device's page: no memory, and so without an entry in the PFN database. The HPET, which nobody here uses. */
#define DEVICE_ADDRESS 0xFED00000ll

/* Behind what any processor of this kind can address: 52 bits are the most. */
#define UNADDRESSABLE 0x10000000000000ull

#define SECTION_NAME L"\\Device\\PhysicalMemory"

/* Where an IRQL is too high for a routine that may be called at DISPATCH_LEVEL. */
#define ABOVE_DISPATCH (DISPATCH_LEVEL + 1)

typedef struct {
    const char *Name;

    /* Commits the violation or, properly, does not. PASSIVE_LEVEL. */
    VOID (*Commit)(BOOLEAN Properly);
} VIOLATION;

/* Tables of one family each, which end in a null name. */
extern const VIOLATION gIoSpaceViolations[];
extern const VIOLATION gIrqlViolations[];
extern const VIOLATION gLockViolations[];
extern const VIOLATION gMapViolations[];
extern const VIOLATION gPagesViolations[];
extern const VIOLATION gPoolViolations[];
extern const VIOLATION gReservationViolations[];
extern const VIOLATION gSectionViolations[];
extern const VIOLATION gUserViolations[];

/* Routines as they should be used, each outcome said. */
extern const VIOLATION gRoutineUses[];
extern const VIOLATION gCacheUses[];
extern const VIOLATION gPartialUses[];
extern const VIOLATION gIoMdlUses[];
extern const VIOLATION gViewUses[];
extern const VIOLATION gRangesUses[];

/* Calls that are no violations, and whose outcome is an open question. */
extern const VIOLATION gQuestions[];

/* Where the plan says that the driver is to look first: the block's address, as these runs place it. */
PHYSICAL_ADDRESS BlockAddress(VOID);

/* Tells the harness a value that parameters of the bug check to come are compared with. Any IRQL. */
VOID Say(const char *Name, ULONGLONG Value);

/* The MDL and what it describes: pages of nonpaged pool. Null members where there is no memory. */
typedef struct {
    PVOID Buffer;
    PMDL Mdl;
} DESCRIBED;

/* Allocates that much from a pool and an MDL for it, and says "mdl" and "page", the buffer's first. */
DESCRIBED Describe(POOL_TYPE Type, SIZE_T Bytes);

/* The same, its pages locked. */
DESCRIBED DescribeLocked(SIZE_T Bytes);

/* Undoes it; the pages are unlocked by now. */
VOID Forget(DESCRIBED *Described);

/* Locks an MDL's pages; the buffers here allow it, so nothing is raised. */
VOID Lock(PMDL Mdl);

/* MmGetSystemRoutineAddress; null where this kernel lacks it. */
PVOID Resolve(PCWSTR Name);

/* KeRaiseIrql where the violation needs it, and back. */
KIRQL RaiseTo(KIRQL Irql);
VOID LowerTo(KIRQL Irql);

#endif
