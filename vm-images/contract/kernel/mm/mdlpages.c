/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Physical pages that come in an MDL and belong to it. */
#include "mm.h"

#include "ke.h"
#include "vf.h"

/* DDI: nf-wdm-mmallocatepagesformdlex: the most in one call is 4 GiB less a page. */
#define MDL_PAGES_BYTES_MAX (0x100000000ull - PAGE_SIZE)

/* Windows 8's MM_ALLOCATE_FAST_LARGE_PAGES: from a cache of large pages, and this system keeps none. */
#define MM_ALLOCATE_FAST_LARGE_PAGES 0x00000040

#define KNOWN_FLAGS \
    (MM_DONT_ZERO_ALLOCATION | MM_ALLOCATE_FROM_LOCAL_NODE_ONLY | MM_ALLOCATE_FULLY_REQUIRED | MM_ALLOCATE_NO_WAIT | \
     MM_ALLOCATE_PREFER_CONTIGUOUS | MM_ALLOCATE_REQUIRE_CONTIGUOUS_CHUNKS | MM_ALLOCATE_FAST_LARGE_PAGES)

/* What is asked for, in pages. */
typedef struct {
    PFN_NUMBER Low;
    PFN_NUMBER High;        /* the last that may be taken */
    ULONG64 Skip;           /* from one range's start to the next; 0: one range only */
    ULONG64 Count;
    ULONG Flags;
    MI_CACHE Cache;         /* that the pages get now; MiCacheNone: from their first mapping */
} PAGE_REQUEST;

static BOOLEAN IsFree(PFN_NUMBER Page)
{
    const MMPFN *Entry = MiPfn(Page);

    return (Entry != NULL) && (Entry->State == MiPageFree) && (Page != 0);
}

/* Free pages in a row from Page on, as many as Wanted. */
static BOOLEAN AreFree(PFN_NUMBER Page, ULONG64 Wanted)
{
    ULONG64 Index;

    for (Index = 0; (Index < Wanted) && IsFree(Page + Index); Index++) {
    }
    return Index == Wanted;
}

/* Takes the page into the MDL's array: in use, locked, and zeroed unless asked otherwise. */
static VOID TakePage(const PAGE_REQUEST *Request, PFN_NUMBER Page, PFN_NUMBER *Slot)
{
    MMPFN *Entry = MiPfn(Page);

    Entry->State = MiPageInUse;
    Entry->LockCount = 1;
    if (Request->Cache != MiCacheNone) {
        /* A claim of the allocation's own: no mapping's end takes the attribute away. */
        Entry->Cache = (UCHAR)Request->Cache;
        Entry->MapCount = 1;
    }
    if ((Request->Flags & MM_DONT_ZERO_ALLOCATION) == 0) {
        RtlZeroMemory(MiPhysicalToVirtual(Page << PAGE_SHIFT), PAGE_SIZE);
    }
    *Slot = Page;
}

/* Takes free pages in runs of Chunk, each aligned to Alignment, from one range of addresses. */
static ULONG64 TakeChunks(const PAGE_REQUEST *Request, PFN_NUMBER Low, PFN_NUMBER High, ULONG64 Chunk,
                          ULONG64 Alignment, PFN_NUMBER *Slots, ULONG64 Taken)
{
    PFN_NUMBER Page = (Low + Alignment - 1) / Alignment * Alignment;
    ULONG64 Index;

    while ((Taken + Chunk <= Request->Count) && (Page <= High) && (High - Page >= Chunk - 1)) {
        if (!AreFree(Page, Chunk)) {
            Page += Alignment;
            continue;
        }
        for (Index = 0; Index < Chunk; Index++) {
            TakePage(Request, Page + Index, &Slots[Taken++]);
        }
        Page += Chunk;
    }
    return Taken;
}

/* Goes from range to range as the documentation says, until there is enough or memory ends. */
static ULONG64 TakePages(const PAGE_REQUEST *Request, PFN_NUMBER *Slots)
{
    BOOLEAN Chunked = (Request->Flags & MM_ALLOCATE_REQUIRE_CONTIGUOUS_CHUNKS) != 0;
    ULONG64 Chunk = 1;
    ULONG64 Alignment = 1;
    ULONG64 Taken = 0;
    PFN_NUMBER Low = Request->Low;
    PFN_NUMBER High = Request->High;

    if (Chunked) {
        Chunk = (Request->Skip == 0) ? Request->Count : Request->Skip;
        Alignment = (Request->Skip == 0) ? 1 : Request->Skip;
    }
    do {
        Taken = TakeChunks(Request, Low, min(High, MiHighestPage()), Chunk, Alignment, Slots, Taken);
        Low += Request->Skip;
        High += Request->Skip;
    } while ((Request->Skip != 0) && (Taken < Request->Count) && (Low <= MiHighestPage()) && (Low > Request->Low));
    return Taken;
}

static VOID GivePagesBack(const PFN_NUMBER *Slots, ULONG64 Count)
{
    MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Count; Index++) {
        Entry = MiPfn(Slots[Index]);
        Entry->LockCount = 0;
        Entry->MapCount = 0;
        Entry->Cache = MiCacheNone;
        MiFreePage(Slots[Index]);
    }
}

static PMDL AllocatePages(const PAGE_REQUEST *Request)
{
    PMDL Mdl = ExpAllocateSystemPool(MmSizeOfMdl(NULL, Request->Count * PAGE_SIZE), MDL_TAG);
    ULONG64 Taken;

    if (Mdl == NULL) {
        return NULL;
    }
    RtlZeroMemory(Mdl, sizeof(*Mdl));
    Taken = TakePages(Request, MmGetMdlPfnArray(Mdl));
    if ((Taken < Request->Count) && ((Request->Flags & MM_ALLOCATE_FULLY_REQUIRED) != 0)) {
        GivePagesBack(MmGetMdlPfnArray(Mdl), Taken);
        Taken = 0;
    }
    if (Taken == 0) {
        ExFreePoolWithTag(Mdl, MDL_TAG);
        return NULL;
    }
    MmInitializeMdl(Mdl, NULL, Taken * PAGE_SIZE);
    Mdl->MdlFlags = MDL_PAGES_LOCKED;
    return Mdl;
}

/* The documentation's conditions on the skip: whole pages; a power of two that divides the total for chunks. */
static BOOLEAN IsSound(ULONG64 Skip, ULONG64 Total, ULONG Flags)
{
    if ((Total == 0) || (Total > MDL_PAGES_BYTES_MAX) || (BYTE_OFFSET(Skip) != 0) || ((Flags & ~KNOWN_FLAGS) != 0)) {
        return FALSE;
    }
    if ((Flags & MM_ALLOCATE_FAST_LARGE_PAGES) != 0) {
        return FALSE;
    }
    if (((Flags & MM_ALLOCATE_REQUIRE_CONTIGUOUS_CHUNKS) == 0) || (Skip == 0)) {
        return TRUE;
    }
    return ((Skip & (Skip - 1)) == 0) && (Total % Skip == 0);
}

/*
 * DDI: nf-wdm-mmallocatepagesformdlex. IRQL <= DISPATCH_LEVEL (0xC4/0x7E). Pages without addresses, zeroed unless
 * MM_DONT_ZERO_ALLOCATION; fewer than asked for where memory is short, NULL where there are none or the MDL cannot be
 * allocated. MmFreePagesFromMdl gives the pages back, ExFreePool the MDL. The pages have this cache type until then.
 */
PMDL NTAPI MmAllocatePagesForMdlEx(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress,
                                   PHYSICAL_ADDRESS SkipBytes, SIZE_T TotalBytes, MEMORY_CACHING_TYPE CacheType,
                                   ULONG Flags)
{
    PAGE_REQUEST Request = {(ULONG64)LowAddress.QuadPart >> PAGE_SHIFT, (ULONG64)HighAddress.QuadPart >> PAGE_SHIFT,
                            (ULONG64)SkipBytes.QuadPart >> PAGE_SHIFT, BYTES_TO_PAGES(TotalBytes), Flags,
                            MiCacheNone};
    KIRQL Irql = KeGetCurrentIrql();

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(0x7E, Irql, DISPATCH_LEVEL, 0, RETURN_ADDRESS());
    }
    if (!MiCacheFromDdk(CacheType, &Request.Cache) || !IsSound((ULONG64)SkipBytes.QuadPart, TotalBytes, Flags)) {
        return NULL;
    }
    return AllocatePages(&Request);
}

/*
 * DDI: nf-wdm-mmallocatepagesformdl. As MmAllocatePagesForMdlEx without flags; but the pages have no cache type, and get
 * that of their first mapping (nf-wdm-mmmaplockedpageswithreservedmapping, Remarks).
 */
PMDL NTAPI MmAllocatePagesForMdl(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
                                 SIZE_T TotalBytes)
{
    PAGE_REQUEST Request = {(ULONG64)LowAddress.QuadPart >> PAGE_SHIFT, (ULONG64)HighAddress.QuadPart >> PAGE_SHIFT,
                            (ULONG64)SkipBytes.QuadPart >> PAGE_SHIFT, BYTES_TO_PAGES(TotalBytes), 0, MiCacheNone};
    KIRQL Irql = KeGetCurrentIrql();

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(0x7E, Irql, DISPATCH_LEVEL, 0, RETURN_ADDRESS());
    }
    return IsSound((ULONG64)SkipBytes.QuadPart, TotalBytes, 0) ? AllocatePages(&Request) : NULL;
}

/*
 * WDD: debugger/bug-check-0x4e. 7: a page that nobody holds; 0x9A: one that somebody else has locked still, with its
 * state and its count.
 */
static VOID CheckPageToBeFreed(PFN_NUMBER Page, const VOID *Caller)
{
    const MMPFN *Entry = MiPfn(Page);

    if ((Entry == NULL) || (Entry->State != MiPageInUse) || (Entry->LockCount == 0)) {
        KiBugCheck(0x4E, 7, Page, 0, 0, (ULONG_PTR)Caller);
    }
    if (Entry->LockCount > 1) {
        KiBugCheck(0x4E, 0x9A, Page, Entry->State, Entry->LockCount, (ULONG_PTR)Caller);
    }
}

/* DDI: nf-wdm-mmfreepagesfrommdl. IRQL <= DISPATCH_LEVEL (0xC4/0x7E). The pages go; the MDL itself is ExFreePool's. */
VOID NTAPI MmFreePagesFromMdl(PMDL MemoryDescriptorList)
{
    PMDL Mdl = MemoryDescriptorList;
    MI_PAGES Pages = MiPagesOfMdl(Mdl);
    KIRQL Irql = KeGetCurrentIrql();
    ULONG64 Index;

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(0x7E, Irql, DISPATCH_LEVEL, 0, RETURN_ADDRESS());
    }
    for (Index = 0; Index < Pages.Count; Index++) {
        CheckPageToBeFreed(MiPageAt(&Pages, Index), RETURN_ADDRESS());
    }
    GivePagesBack(Pages.Array, Pages.Count);
    Mdl->MdlFlags &= ~MDL_PAGES_LOCKED;
}
