/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#include "vf.h"

#define RANGES_TAG 'hPmM'

/* Fills an array, or counts where there is none. */
static ULONG ListRanges(PPHYSICAL_MEMORY_RANGE Ranges)
{
    PFN_NUMBER Start = 0;
    PFN_NUMBER First;
    PFN_NUMBER Count;
    ULONG Ranged = 0;

    while (MiNextRamRange(&Start, &First, &Count)) {
        if (Ranges != NULL) {
            Ranges[Ranged].BaseAddress.QuadPart = (LONGLONG)(First << PAGE_SHIFT);
            Ranges[Ranged].NumberOfBytes.QuadPart = (LONGLONG)(Count << PAGE_SHIFT);
        }
        Ranged++;
    }
    return Ranged;
}

/*
 * DDI: nf-ntddk-mmgetphysicalmemoryranges. PASSIVE_LEVEL. An array that ends in an entry of zeros, NULL where it cannot
 * be allocated; the caller frees it with ExFreePool.
 */
PPHYSICAL_MEMORY_RANGE NTAPI MmGetPhysicalMemoryRanges(VOID)
{
    PPHYSICAL_MEMORY_RANGE Ranges;
    ULONG Count = ListRanges(NULL);

    VfCheckIrql(PASSIVE_LEVEL, RETURN_ADDRESS());
    Ranges = ExpAllocateSystemPool((Count + 1) * sizeof(*Ranges), RANGES_TAG);
    if (Ranges != NULL) {
        ListRanges(Ranges);
        RtlZeroMemory(&Ranges[Count], sizeof(Ranges[Count]));
    }
    return Ranges;
}
