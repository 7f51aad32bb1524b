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

/* The array on the system's account: nobody asks a driver for it back, and ExFreePool takes it all the same. */
static PPHYSICAL_MEMORY_RANGE AllocateRanges(const VOID *Caller)
{
    PPHYSICAL_MEMORY_RANGE Ranges;
    ULONG Count = ListRanges(NULL);

    VfCheckIrql(PASSIVE_LEVEL, Caller);
    Ranges = ExpAllocateSystemPool((Count + 1) * sizeof(*Ranges), RANGES_TAG);
    if (Ranges != NULL) {
        ListRanges(Ranges);
        RtlZeroMemory(&Ranges[Count], sizeof(Ranges[Count]));
    }
    return Ranges;
}

/*
 * DDI: nf-ntddk-mmgetphysicalmemoryranges. PASSIVE_LEVEL. An array that ends in an entry of zeros, NULL where it cannot
 * be allocated; the caller frees it with ExFreePool.
 */
PPHYSICAL_MEMORY_RANGE NTAPI MmGetPhysicalMemoryRanges(VOID)
{
    return AllocateRanges(RETURN_ADDRESS());
}

/*
 * DDI: nf-ntddk-mmgetphysicalmemoryrangesex. PASSIVE_LEVEL. The same of one memory partition; this machine has one,
 * which a null object names, and an object that a driver cannot have got here names none.
 */
PPHYSICAL_MEMORY_RANGE NTAPI MmGetPhysicalMemoryRangesEx(PVOID PartitionObject)
{
    return (PartitionObject == NULL) ? AllocateRanges(RETURN_ADDRESS()) : NULL;
}

/*
 * DDI: nf-ntddk-mmgetphysicalmemoryrangesex2. Windows 10 version 2004 and later; PASSIVE_LEVEL. Flags ask for file-only
 * memory and for all partitions: of both there is no more than the one list here. NULL for flags that are not defined.
 */
PPHYSICAL_MEMORY_RANGE NTAPI MmGetPhysicalMemoryRangesEx2(PVOID PartitionObject, ULONG Flags)
{
    const ULONG Known = MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_FILE_ONLY |
                        MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_ALL_PARTITIONS;

    return ((PartitionObject == NULL) && ((Flags & ~Known) == 0)) ? AllocateRanges(RETURN_ADDRESS()) : NULL;
}
