/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a mapping's cache type becomes: the memory type that the processor takes from the mapping's page table entry and
 * the PAT (Intel SDM volume 3, 11.12.3).
 */
#include "violation.h"

#include <intrin.h>

#define MSR_PAT 0x277
#define LEVELS 4
#define ENTRY_ADDRESS 0x000FFFFFFFFFF000ull

/* Of a PTE: the bits PWT and PCD, and the bit PAT. */
#define CACHE_BITS(Pte) ((((Pte) >> 3) & 3) | (((Pte) >> 5) & 4))

static ULONGLONG ReadPhysical(ULONGLONG Address)
{
    MM_COPY_MEMORY *Copy = (MM_COPY_MEMORY *)Resolve(L"MmCopyMemory");
    MM_COPY_ADDRESS Source = {.PhysicalAddress.QuadPart = (LONGLONG)Address};
    ULONGLONG Value = 0;
    SIZE_T Copied;

    (VOID)Copy(&Value, Source, sizeof(Value), MM_COPY_MEMORY_PHYSICAL, &Copied);
    return Value;
}

/* The page table entry of an address that is mapped with a small page. */
static ULONGLONG FindPte(ULONG_PTR Address)
{
    ULONGLONG Entry = __readcr3();
    ULONG Level;

    for (Level = LEVELS; Level > 0; Level--) {
        Entry = ReadPhysical((Entry & ENTRY_ADDRESS) + ((Address >> (PAGE_SHIFT + 9 * (Level - 1))) & 511) * sizeof(Entry));
    }
    return Entry;
}

static VOID SayMemoryType(const char *Name, PHYSICAL_ADDRESS Page, MEMORY_CACHING_TYPE CacheType)
{
    PVOID Mapped = MmMapIoSpace(Page, PAGE_SIZE, CacheType);

    Say(Name, (__readmsr(MSR_PAT) >> (8 * CACHE_BITS(FindPte((ULONG_PTR)Mapped)))) & 0xFF);
    MmUnmapIoSpace(Mapped, PAGE_SIZE);
}

static VOID MemoryTypes(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(PAGE_SIZE);

    UNREFERENCED_PARAMETER(Properly);
    SayMemoryType("cached", BlockAddress(), MmCached);
    SayMemoryType("noncached", BlockAddress(), MmNonCached);
    SayMemoryType("writecombined", BlockAddress(), MmWriteCombined);
    SayMemoryType("pool-noncached", MmGetPhysicalAddress(Described.Buffer), MmNonCached);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

const VIOLATION gCacheUses[] = {
    {"use-cache-types", MemoryTypes},
    {NULL, NULL},
};
