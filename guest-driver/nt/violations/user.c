/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* User addresses, of which the System process has those that a driver maps there itself. */
#include "violation.h"

#define BYTES (2 * PAGE_SIZE)

/* An address that no process has: above the user half. */
#define NO_USER_ADDRESS ((PVOID)0xFFFF800000010000ull)

/* One that no mapping gets: Windows keeps the lowest 64 KiB free. */
#define NEVER_MAPPED ((volatile UCHAR *)0x1000)

/* Raises where it cannot be mapped (DDI: nf-wdm-mmmaplockedpagesspecifycache), which is said as the status. */
static PVOID MapToUser(PMDL Mdl, PVOID Wanted)
{
    PVOID Address = NULL;

    __try {
        Address = MmMapLockedPagesSpecifyCache(Mdl, UserMode, MmCached, Wanted, FALSE, NormalPagePriority);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        Say("status", (ULONG)GetExceptionCode());
    }
    Say("address", (ULONG_PTR)Address);
    return Address;
}

static VOID Finish(DESCRIBED *Described, PVOID Address)
{
    if (Address != NULL) {
        MmUnmapLockedPages(Address, Described->Mdl);
    }
    MmUnlockPages(Described->Mdl);
    Forget(Described);
}

static VOID MappedToNoUserAddress(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);

    Say("wanted", (ULONG_PTR)NO_USER_ADDRESS);
    Finish(&Described, MapToUser(Described.Mdl, Properly ? NULL : NO_USER_ADDRESS));
}

static VOID UnmappedTwice(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = MapToUser(Described.Mdl, NULL);

    if (!Properly) {
        MmUnmapLockedPages(Address, Described.Mdl);
    }
    Finish(&Described, Address);
}

/* No handler sees it: that Windows stops is what keeps a driver from relying on one. */
static VOID WrittenToUnallocated(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    volatile UCHAR *Address = MapToUser(Described.Mdl, NULL);

    __try {
        *(Properly ? Address : NEVER_MAPPED) = 1;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        Say("status", (ULONG)GetExceptionCode());
    }
    Finish(&Described, (PVOID)Address);
}

const VIOLATION gUserViolations[] = {
    {"map-to-bad-user-address", MappedToNoUserAddress},
    {"unmap-of-bad-user-address", UnmappedTwice},
    {"write-to-unallocated-user-address", WrittenToUnallocated},
    {NULL, NULL},
};
