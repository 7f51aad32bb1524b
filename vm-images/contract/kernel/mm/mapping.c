/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What drivers have mapped. Each mapping is on record, so that an unmap which does not fit its map is found, and each
 * page knows the attribute it is mapped with, so that two mappings of it agree.
 */
#include "mm.h"

#include "model.h"

#define MAPPINGS_MAX 4096

/* PTE bits, by MI_CACHE, that select the PAT's entries as processor.c programs them. */
static const ULONG64 CacheBits[] = {
    [MiCacheNone] = 0,
    [MiCacheWriteBack] = 0,
    [MiCacheUncached] = PTE_CACHE_DISABLE | PTE_WRITE_THROUGH,
    [MiCacheWriteCombined] = PTE_WRITE_THROUGH,
};

static MI_MAPPING Mappings[MAPPINGS_MAX];
static ULONG NextRecord;

BOOLEAN MiCacheFromDdk(MEMORY_CACHING_TYPE Type, MI_CACHE *Cache)
{
    switch (Type) {
    case MmNonCached:
        *Cache = MiCacheUncached;
        return TRUE;
    case MmCached:
        *Cache = MiCacheWriteBack;
        return TRUE;
    case MmWriteCombined:
        *Cache = MiCacheWriteCombined;
        return TRUE;
    default:
        return FALSE;
    }
}

static MI_MAPPING *TakeRecord(VOID)
{
    ULONG Tried;

    for (Tried = 0; Tried < MAPPINGS_MAX; Tried++) {
        NextRecord = (NextRecord + 1) % MAPPINGS_MAX;
        if (Mappings[NextRecord].Kind == MiMappingNone) {
            return &Mappings[NextRecord];
        }
    }
    return NULL;
}

/*
 * Claims a page for one more mapping and returns the attribute it gets: its own where it has one (DDI:
 * nf-wdm-mmmaplockedpagesspecifycache, CacheType).
 */
static MI_CACHE ClaimPage(PFN_NUMBER Page, MI_CACHE Wanted)
{
    MMPFN *Entry = MiPfn(Page);

    if (Entry == NULL) {
        return Wanted;
    }
    if (Entry->Cache == MiCacheNone) {
        Entry->Cache = (UCHAR)Wanted;
    }
    Entry->MapCount++;
    return (MI_CACHE)Entry->Cache;
}

static VOID UnmapRange(ULONG64 Base, ULONG64 Pages)
{
    ULONG64 Index;

    for (Index = 0; Index < Pages; Index++) {
        MiDisclaimPage(MiUnmapPage(Base + Index * PAGE_SIZE));
    }
}

/* Page tables are nobody's to map: Windows refuses them since version 1803 (page-table-map). */
static BOOLEAN HoldsPageTable(const MI_PAGES *Pages)
{
    const MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        Entry = MiPfn(MiPageAt(Pages, Index));
        if ((Entry != NULL) && (Entry->State == MiPagePageTable)) {
            return TRUE;
        }
    }
    return FALSE;
}

static BOOLEAN MapRange(ULONG64 Base, const MI_PAGES *Pages, MI_CACHE Cache, ULONG64 Flags)
{
    PFN_NUMBER Page;
    MI_CACHE Claimed;
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        Page = MiPageAt(Pages, Index);
        Claimed = ClaimPage(Page, Cache);
        if (!MiMapPage(Base + Index * PAGE_SIZE, Page, Flags | CacheBits[Claimed])) {
            MiDisclaimPage(Page);
            UnmapRange(Base, Index);
            return FALSE;
        }
    }
    return TRUE;
}

BOOLEAN MiCacheConflicts(const MI_PAGES *Pages, MI_CACHE Cache)
{
    const MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        Entry = MiPfn(MiPageAt(Pages, Index));
        if ((Entry != NULL) && (Entry->Cache != MiCacheNone) && (Entry->Cache != Cache)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether a page belongs to a large page, which is write-back, and is asked for with another attribute. */
static BOOLEAN IsLargePageConflict(const MI_PAGES *Pages, MI_CACHE Cache)
{
    const MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; (Index < Pages->Count) && (Cache != MiCacheWriteBack); Index++) {
        Entry = MiPfn(MiPageAt(Pages, Index));
        if ((Entry != NULL) && (Entry->State == MiPageSystem)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether a cache type that is not a page's own is a reason to refuse. A view is asked elsewhere. */
static BOOLEAN IsCacheRefused(const MI_PAGES *Pages, MI_CACHE Cache, MI_MAPPING_KIND Kind)
{
    if ((Kind == MiMappingView) || !MiCacheConflicts(Pages, Cache)) {
        return FALSE;
    }
    (VOID)ModelDecides(ModelCacheConflict);
    switch ((MODEL_CACHE_CONFLICT)ModelReading(ModelCacheConflict)) {
    case ModelCacheLargePage:
        return (Kind == MiMappingIoSpace) && IsLargePageConflict(Pages, Cache);
    case ModelCacheRefused:
        return TRUE;
    case ModelCacheKept:
        break;
    }
    return FALSE;
}

/* What no mapping may be made of: page tables, and where the model says so a second cache type. */
static BOOLEAN IsRefused(const MI_PAGES *Pages, MI_CACHE Cache, MI_MAPPING_KIND Kind)
{
    if (IsCacheRefused(Pages, Cache, Kind)) {
        return TRUE;
    }
    return HoldsPageTable(Pages) && !ModelDecides(ModelPageTableMap);
}

/* Records a mapping and makes it, at addresses that are nobody else's. */
static MI_MAPPING *MapAndRecord(MI_REGION *Region, ULONG64 Address, const MI_PAGES *Pages, MI_CACHE Cache,
                                ULONG64 Flags, MI_MAPPING_KIND Kind)
{
    MI_MAPPING *Mapping = TakeRecord();

    if ((Mapping == NULL) || IsRefused(Pages, Cache, Kind) || !MapRange(Address, Pages, Cache, Flags)) {
        return NULL;
    }
    Mapping->Kind = Kind;
    Mapping->Base = Address;
    Mapping->Pages = Pages->Count;
    Mapping->Region = Region;
    Mapping->Mdl = NULL;
    return Mapping;
}

MI_MAPPING *MiMapPages(MI_REGION *Region, ULONG64 Address, const MI_PAGES *Pages, MI_CACHE Cache, ULONG64 Flags,
                       MI_MAPPING_KIND Kind)
{
    MI_MAPPING *Mapping;

    if (Address == 0) {
        Address = MiReserve(Region, Pages->Count);
    } else if (!MiReserveAt(Region, Address, Pages->Count)) {
        Address = 0;
    }
    if (Address == 0) {
        return NULL;
    }
    Mapping = MapAndRecord(Region, Address, Pages, Cache, Flags, Kind);
    if (Mapping == NULL) {
        MiRelease(Region, Address, Pages->Count);
    }
    return Mapping;
}

MI_MAPPING *MiMapReservedPages(ULONG64 Address, const MI_PAGES *Pages, MI_CACHE Cache, ULONG64 Flags)
{
    return MapAndRecord(NULL, Address, Pages, Cache, Flags, MiMappingReserved);
}

VOID MiUnmapPages(MI_MAPPING *Mapping)
{
    UnmapRange(Mapping->Base, Mapping->Pages);
    if (Mapping->Region != NULL) {
        MiRelease(Mapping->Region, Mapping->Base, Mapping->Pages);
    }
    Mapping->Kind = MiMappingNone;
}

MI_MAPPING *MiFirstMappingIn(ULONG64 Base, ULONG64 Pages)
{
    MI_MAPPING *First = NULL;
    MI_MAPPING *Mapping;

    for (Mapping = Mappings; Mapping < Mappings + MAPPINGS_MAX; Mapping++) {
        if ((Mapping->Kind == MiMappingNone) || (Mapping->Base >= Base + Pages * PAGE_SIZE) ||
            (Mapping->Base + Mapping->Pages * PAGE_SIZE <= Base)) {
            continue;
        }
        if ((First == NULL) || (Mapping->Base < First->Base)) {
            First = Mapping;
        }
    }
    return First;
}

ULONG MiCountMappings(VOID)
{
    ULONG Count = 0;
    ULONG Index;

    for (Index = 0; Index < MAPPINGS_MAX; Index++) {
        Count += (Mappings[Index].Kind != MiMappingNone);
    }
    return Count;
}

MI_MAPPING *MiFindMapping(ULONG64 Address)
{
    return MiFirstMappingIn((ULONG64)PAGE_ALIGN(Address), 1);
}
