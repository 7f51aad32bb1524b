/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Physical pages, page tables, address space, mappings. */
#ifndef MM_H
#define MM_H

#include "nt.h"

#include "LoaderBlock.h"

/* Physical pages (pfn.c, freepages.c) */

typedef enum {
    MiPageFirmware,     /* not for the OS: it keeps whatever lies there */
    MiPageFree,
    MiPageInUse,
    MiPageSystem,       /* in use by the kernel itself, which reaches it through a large page */
    MiPagePageTable
} MI_PAGE_STATE;

/* How a page is mapped already; every further mapping gets the same. */
typedef enum {
    MiCacheNone,        /* not mapped */
    MiCacheWriteBack,
    MiCacheUncached,
    MiCacheWriteCombined
} MI_CACHE;

/* EfiACPIReclaimMemory */
#define TYPE_ACPI_RECLAIM 9u

typedef struct {
    ULONG MemoryType;   /* UEFI's */
    ULONG LockCount;
    USHORT MapCount;    /* mappings, and whoever else wants the cache attribute kept */
    UCHAR State;        /* MI_PAGE_STATE */
    UCHAR Cache;        /* MI_CACHE */
} MMPFN;

VOID MiInitializePfnDatabase(const LOADER_BLOCK *Block);

/* The entry of a page, or null where the PFN database has none. */
MMPFN *MiPfn(PFN_NUMBER Page);

/* The highest page that has an entry. */
PFN_NUMBER MiHighestPage(VOID);

/* Where the addresses end that the processor can put on its bus. */
ULONG64 MiPhysicalEnd(VOID);

/* Whether UEFI lets the OS use the page: what the model counts as RAM. */
BOOLEAN MiIsRam(PFN_NUMBER Page);

/* For a rule that asks for the page's entry: says so where that it has one, or has none, is a reading of the model's. */
VOID MiSayIfDisputed(PFN_NUMBER Page);

/* Goes through the RAM in rising order; *Start is where to look on. FALSE at the end. */
BOOLEAN MiNextRamRange(PFN_NUMBER *Start, PFN_NUMBER *First, PFN_NUMBER *Count);

/* The first page from this one on that is in a state; 0 where there is none. */
PFN_NUMBER MiFindPage(PFN_NUMBER From, MI_PAGE_STATE State);

/* Takes a free page; 0 where none is left. */
PFN_NUMBER MiAllocatePage(MI_PAGE_STATE State);
VOID MiFreePage(PFN_NUMBER Page);

/* One mapping less: the last takes the page's cache attribute with it. */
VOID MiDisclaimPage(PFN_NUMBER Page);

/*
 * Makes the next range of ACPIReclaim memory RAM, free pages of it; *Next is how far it has come. FALSE where there is
 * no further one. Once the ACPI tables are read, not before (UEFI specification, 7.2, memory type usage).
 */
BOOLEAN MiFreeAcpiRange(ULONG *Next, PFN_NUMBER *First, PFN_NUMBER *Count);

/* Reclaiming, stage by stage, each said in a guest.reclaimed frame (reclaim.c) */

/* Overwrites every free page: what boot services and the loaders leave. */
VOID MiReclaimBootMemory(VOID);

/* Makes ACPIReclaim memory RAM and overwrites it. */
VOID MiReclaimAcpiMemory(VOID);

/* Overwrites every free page again and takes it, until there is none, and gives back a part for the driver's needs. */
VOID MiExhaustMemory(VOID);

/* Page tables (pte.c) */

#define PTE_VALID 0x001ull
#define PTE_WRITE 0x002ull
#define PTE_USER 0x004ull
#define PTE_WRITE_THROUGH 0x008ull
#define PTE_CACHE_DISABLE 0x010ull
#define PTE_NO_EXECUTE 0x8000000000000000ull
#define PTE_PAGE_MASK 0x000FFFFFFFFFF000ull

FORCEINLINE PVOID MiPhysicalToVirtual(ULONG64 Physical)
{
    return (PVOID)(PHYSICAL_MAP_BASE + Physical);
}

/* Whether the page is in the physical map. */
BOOLEAN MiIsPhysicallyMapped(PFN_NUMBER Page);

/* The entry for an address; null where there is no page table for it. */
ULONG64 *MiFindPte(ULONG64 Address);

/* FALSE where no page is left for a page table. */
BOOLEAN MiMapPage(ULONG64 Address, PFN_NUMBER Page, ULONG64 Flags);

/* Returns the page that was mapped. */
PFN_NUMBER MiUnmapPage(ULONG64 Address);

/* Changes the protection of a mapped page. */
VOID MiProtectPage(ULONG64 Address, ULONG64 Flags);

/* The page at an address, large pages included. FALSE where none is mapped. */
BOOLEAN MiTranslate(ULONG64 Address, ULONG64 *Physical, BOOLEAN *Writable);

/* Drops the mapping that the loader left in the user half. */
VOID MiDropIdentityMap(VOID);

/* UEFI's runtime services (firmware.c) */

/* Builds the identity map of the memory that they need. */
VOID MiInitializeFirmwareMap(const LOADER_BLOCK *Block);

/* Brings the identity map in, for a call in physical mode, and takes it out again. */
VOID MiEnterFirmwareMap(VOID);
VOID MiLeaveFirmwareMap(VOID);

/* Address space (vaspace.c) */

typedef struct {
    ULONG64 Base;
    ULONG64 UnitPages;      /* granularity */
    ULONG64 Units;
    ULONG64 Next;           /* where to look first: addresses come back as late as can be */
    UCHAR *Used;            /* a bit a unit */
} MI_REGION;

extern MI_REGION MiSystemPtes;
extern MI_REGION MiPoolSpace;
extern MI_REGION MiUserSpace;
extern MI_REGION MiDriverSpace;

/* Takes addresses for so many pages, an unused unit behind them. 0 where the region is full. */
ULONG64 MiReserve(MI_REGION *Region, ULONG64 Pages);

/* Takes exactly these addresses. FALSE where one is taken or outside the region. */
BOOLEAN MiReserveAt(MI_REGION *Region, ULONG64 Address, ULONG64 Pages);
/* Units that nobody has, in a row or not. */
ULONG64 MiCountFreeUnits(const MI_REGION *Region);
VOID MiRelease(MI_REGION *Region, ULONG64 Address, ULONG64 Pages);

/* Mappings (mapping.c) */

typedef enum {
    MiMappingNone,
    MiMappingIoSpace,
    MiMappingLockedPages,
    MiMappingReserved,      /* in addresses of MmAllocateMappingAddress, which stay reserved */
    MiMappingView
} MI_MAPPING_KIND;

typedef struct {
    MI_MAPPING_KIND Kind;
    ULONG64 Base;           /* page-aligned */
    ULONG64 Pages;
    MI_REGION *Region;      /* where unmapping gives the addresses back to; null: they stay the caller's */
    PMDL Mdl;
} MI_MAPPING;

/* Physical pages in the order of their addresses: an MDL's array, or a run where Array is null. */
typedef struct {
    const PFN_NUMBER *Array;
    PFN_NUMBER First;
    ULONG64 Count;
} MI_PAGES;

FORCEINLINE PFN_NUMBER MiPageAt(const MI_PAGES *Pages, ULONG64 Index)
{
    return (Pages->Array != NULL) ? Pages->Array[Index] : Pages->First + Index;
}

/* The cache type that the DDK's is in the page tables' terms. FALSE for a type that x64 lacks. */
BOOLEAN MiCacheFromDdk(MEMORY_CACHING_TYPE Type, MI_CACHE *Cache);

/* Whether a page is mapped already, with another attribute than this. */
BOOLEAN MiCacheConflicts(const MI_PAGES *Pages, MI_CACHE Cache);

/*
 * Maps pages and records it. A page that has a cache attribute already keeps it, whatever Cache says.
 *
 * Address  0 for any.
 * Flags    PTE_WRITE, PTE_USER, PTE_NO_EXECUTE
 * Returns null where addresses, page tables or records run out, or a page is a page table.
 */
MI_MAPPING *MiMapPages(MI_REGION *Region, ULONG64 Address, const MI_PAGES *Pages, MI_CACHE Cache, ULONG64 Flags,
                       MI_MAPPING_KIND Kind);

/* The same at addresses that the caller has reserved and that are not mapped. */
MI_MAPPING *MiMapReservedPages(ULONG64 Address, const MI_PAGES *Pages, MI_CACHE Cache, ULONG64 Flags);
VOID MiUnmapPages(MI_MAPPING *Mapping);

/* The lowest mapping that has one of these pages, or null. */
MI_MAPPING *MiFirstMappingIn(ULONG64 Base, ULONG64 Pages);

/* The mapping that an address lies in, or null. */
MI_MAPPING *MiFindMapping(ULONG64 Address);

/* Mappings that drivers have left, and reservations of addresses (reservation.c). */
ULONG MiCountMappings(VOID);
ULONG MiCountReservations(VOID);

/* Locking (lock.c) */

/* The first page of the list that has a PFN entry and is not locked. FALSE where there is none. */
BOOLEAN MiFindUnlockedPage(const MI_PAGES *Pages, PFN_NUMBER *Unlocked);

/* The pages that an MDL lists. */
MI_PAGES MiPagesOfMdl(PMDL Mdl);

/* What every routine that maps an MDL asks of it (maplock.c): Verifier's 0xB2, 0xB3, 0x85 and 0x89, and 0x1A/0x1236. */
VOID MiCheckMdlToBeMapped(PMDL Mdl, const MI_PAGES *Pages, KPROCESSOR_MODE AccessMode, const VOID *Caller);

#define MI_MDL_PAGES(Mdl) ADDRESS_AND_SIZE_TO_SPAN_PAGES(MmGetMdlVirtualAddress(Mdl), MmGetMdlByteCount(Mdl))

/* Kernel stacks (stack.c) */

/* Maps a stack with a guard page below. Returns its base; *Limit is its lowest byte. */
ULONG64 MiCreateKernelStack(ULONG64 *Limit);

/* Pool (ex/pool.c) */

/* Pool on the system's own account, which no leak check counts. */
PVOID ExpAllocateSystemPool(SIZE_T NumberOfBytes, ULONG Tag);

/* The number of allocations that the driver still holds. */
ULONG64 ExpCountDriverPool(VOID);

/* The number of allocations with a tag on the system's account. */
ULONG64 ExpCountSystemPool(ULONG Tag);

/* What MDLs are allocated with. */
#define MDL_TAG ' ldM'

/*
 * Whether an address that faulted was special pool's: in an allocation that was freed since (*Freed), or in the page
 * behind one that was not.
 */
BOOLEAN ExpFindSpecialPool(ULONG64 Address, BOOLEAN *Freed);

/* Whether an address lies in an allocation from paged pool. */
BOOLEAN ExpIsPagedPool(const VOID *Address);

#endif
