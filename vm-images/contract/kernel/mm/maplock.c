/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Mapping the pages that an MDL describes. */
#include "mm.h"

#include "ke.h"
#include "vf.h"

/*
 * Flags that an MDL must not have when it is mapped, and of which it must have one (C4, 0xB2 and 0xB3). What has a system
 * address, nonpaged pool by nature, may get a user address as well (DDI: nf-wdm-mmmaplockedpagesspecifycache,
 * MemoryDescriptorList), but no second system address.
 */
typedef struct {
    ULONG Wrong;
    ULONG Wanted;
} FLAG_RULE;

static const FLAG_RULE FlagRules[] = {
    [KernelMode] = {MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL | MDL_PARTIAL_HAS_BEEN_MAPPED,
                    MDL_PAGES_LOCKED | MDL_PARTIAL},
    [UserMode] = {0, MDL_PAGES_LOCKED | MDL_PARTIAL | MDL_SOURCE_IS_NONPAGED_POOL},
};

/* DDI: nf-wdm-mmmaplockedpagesspecifycache, Priority; the rest of the value is the priority itself. */
#define MAPPING_OPTIONS (MdlMappingNoWrite | MdlMappingNoExecute)

MI_PAGES MiPagesOfMdl(PMDL Mdl)
{
    MI_PAGES Pages = {MmGetMdlPfnArray(Mdl), 0, MI_MDL_PAGES(Mdl)};

    return Pages;
}

/* 0x89: an MDL for memory must not hold pages that are none. */
static VOID CheckMemoryPages(PMDL Mdl, const MI_PAGES *Pages, const VOID *Caller)
{
    ULONG64 Index;

    for (Index = 0; (Index < Pages->Count) && ((Mdl->MdlFlags & MDL_IO_SPACE) == 0); Index++) {
        if (MiPfn(MiPageAt(Pages, Index)) == NULL) {
            if (VfIsEnabled(MAXULONG)) {
                MiSayIfDisputed(Pages->Array[Index]);
            }
            VfViolation(0x89, (ULONG_PTR)Mdl, (ULONG_PTR)&Pages->Array[Index], Pages->Array[Index], Caller);
        }
    }
}

/* The place in the MDL of the first page that has an entry and is not locked, or null. */
static PFN_NUMBER *FindUnlocked(const MI_PAGES *Pages)
{
    MI_PAGES One = {NULL, 0, 1};
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        One.First = Pages->Array[Index];
        if (MiFindUnlockedPage(&One, &One.First)) {
            return (PFN_NUMBER *)&Pages->Array[Index];
        }
    }
    return NULL;
}

VOID MiCheckMdlToBeMapped(PMDL Mdl, const MI_PAGES *Pages, KPROCESSOR_MODE AccessMode, const VOID *Caller)
{
    const FLAG_RULE *Rule = &FlagRules[(ULONG)AccessMode];
    USHORT Flags = (USHORT)Mdl->MdlFlags;
    PFN_NUMBER *Unlocked;

    if ((Flags & Rule->Wrong) != 0) {
        VfViolation(0xB2, (ULONG_PTR)Mdl, Flags, Flags & Rule->Wrong, Caller);
    }
    if ((Flags & Rule->Wanted) == 0) {
        VfViolation(0xB3, (ULONG_PTR)Mdl, Flags, Rule->Wanted, Caller);
    }
    CheckMemoryPages(Mdl, Pages, Caller);
    Unlocked = ((Flags & MDL_SOURCE_IS_NONPAGED_POOL) != 0) ? NULL : FindUnlocked(Pages);
    if (Unlocked != NULL) {
        MiSayIfDisputed(*Unlocked);
        VfViolation(0x85, (ULONG_PTR)Mdl, Pages->Count, *Unlocked, Caller);
        /* WDD: debugger/bug-check-0x1a, 0x1236: what an MDL's unlocked page is to the memory manager itself. */
        KiBugCheck(0x1A, 0x1236, (ULONG_PTR)Mdl, (ULONG_PTR)Unlocked, *Unlocked, (ULONG_PTR)Caller);
    }
}

static ULONG64 ProtectionOf(ULONG Priority)
{
    ULONG64 Flags = ((Priority & MdlMappingNoWrite) != 0) ? 0 : PTE_WRITE;

    return ((Priority & MdlMappingNoExecute) != 0) ? Flags | PTE_NO_EXECUTE : Flags;
}

static PVOID MapToSystem(PMDL Mdl, const MI_PAGES *Pages, MI_CACHE Cache, ULONG Priority)
{
    MI_MAPPING *Mapping = MiMapPages(&MiSystemPtes, 0, Pages, Cache, ProtectionOf(Priority), MiMappingLockedPages);

    if (Mapping == NULL) {
        return NULL;
    }
    Mapping->Mdl = Mdl;
    Mdl->MappedSystemVa = (PVOID)(Mapping->Base + Mdl->ByteOffset);
    Mdl->MdlFlags |= MDL_MAPPED_TO_SYSTEM_VA;
    if ((Mdl->MdlFlags & MDL_PARTIAL) != 0) {
        Mdl->MdlFlags |= MDL_PARTIAL_HAS_BEEN_MAPPED;
    }
    return Mdl->MappedSystemVa;
}

static BOOLEAN IsSystemAddress(const VOID *Address)
{
    return (LONG64)Address < 0;
}

/*
 * C4, 0xB9, which names no routine: taken to be for those that a driver gives an MDL and a user address of its own
 * choice. MmProbeAndLockPages is none of them, as its address is the application's, and raises.
 */
static VOID CheckUserAddress(const VOID *Address, PMDL Mdl, const VOID *Caller)
{
    if (IsSystemAddress(Address)) {
        VfViolation(0xB9, (ULONG_PTR)Address, (ULONG_PTR)Mdl, 0, Caller);
    }
}

/* A user mapping that cannot be made raises. */
static VOID RaiseForUser(KPROCESSOR_MODE AccessMode, NTSTATUS Status)
{
    if (AccessMode == UserMode) {
        ExRaiseStatus(Status);
    }
}

/* User mappings are made in the current process, here the System process, and raise where they cannot be made. */
static PVOID MapToUser(PMDL Mdl, const MI_PAGES *Pages, MI_CACHE Cache, PVOID Address, ULONG Priority)
{
    MI_MAPPING *Mapping = MiMapPages(&MiUserSpace, (ULONG64)PAGE_ALIGN(Address), Pages, Cache,
                                     ProtectionOf(Priority) | PTE_USER | PTE_NO_EXECUTE, MiMappingLockedPages);

    if (Mapping == NULL) {
        ExRaiseStatus((Address == NULL) ? STATUS_INSUFFICIENT_RESOURCES : STATUS_CONFLICTING_ADDRESSES);
    }
    Mapping->Mdl = Mdl;
    return (PVOID)(Mapping->Base + Mdl->ByteOffset);
}

static PVOID MapMdl(PMDL Mdl, KPROCESSOR_MODE AccessMode, MI_CACHE Cache, PVOID Address, ULONG Priority,
                    const VOID *Caller)
{
    MI_PAGES Pages = MiPagesOfMdl(Mdl);

    MiCheckMdlToBeMapped(Mdl, &Pages, AccessMode, Caller);
    if (AccessMode == UserMode) {
        return MapToUser(Mdl, &Pages, Cache, Address, Priority);
    }
    return MapToSystem(Mdl, &Pages, Cache, Priority);
}

/*
 * What a caller gets that wants a bug check rather than NULL. WDD: debugger/bug-check-0x1a, 0x1000: a cached page was to
 * be mapped as noncached; debugger/bug-check-0x3f: no system PTEs in a row for so many pages. Of other failures no page
 * names the bug check.
 */
static VOID BugCheckOnNoMapping(PMDL Mdl, MI_CACHE Cache, const VOID *Caller)
{
    MI_PAGES Pages = MiPagesOfMdl(Mdl);
    ULONG64 Address;

    if ((Cache != MiCacheWriteBack) && MiCacheConflicts(&Pages, Cache)) {
        KiBugCheck(0x1A, 0x1000, 0, 0, 0, (ULONG_PTR)Caller);
    }
    Address = MiReserve(&MiSystemPtes, Pages.Count);
    if (Address == 0) {
        KiBugCheck(0x3F, 0, Pages.Count, MiCountFreeUnits(&MiSystemPtes), MiSystemPtes.Units, (ULONG_PTR)Caller);
    }
    MiRelease(&MiSystemPtes, Address, Pages.Count);
}

/*
 * DDI: nf-wdm-mmmaplockedpagesspecifycache. Kernel mode: IRQL <= DISPATCH_LEVEL, NULL on failure. User mode: IRQL <=
 * APC_LEVEL, raises on failure. The cache type is ignored where the pages have one. Without MdlMappingNoExecute a
 * system mapping is executable.
 */
PVOID NTAPI MmMapLockedPagesSpecifyCache(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode,
                                         MEMORY_CACHING_TYPE CacheType, PVOID BaseAddress, ULONG BugCheckOnFailure,
                                         MM_PAGE_PRIORITY Priority)
{
    const VOID *Caller = RETURN_ADDRESS();
    KIRQL Irql = KeGetCurrentIrql();
    MI_CACHE Cache;
    PVOID Address;

    if ((AccessMode == KernelMode) && (Irql > DISPATCH_LEVEL)) {
        VfViolation(0x76, Irql, (ULONG_PTR)MemoryDescriptorList, KernelMode, Caller);
    }
    if ((AccessMode == UserMode) && (Irql > APC_LEVEL)) {
        VfViolation(0x77, Irql, (ULONG_PTR)MemoryDescriptorList, UserMode, Caller);
    }
    if (BugCheckOnFailure != 0) {
        VfViolation(0x82, (ULONG_PTR)MemoryDescriptorList, (USHORT)MemoryDescriptorList->MdlFlags, 0, Caller);
    }
    if (AccessMode == UserMode) {
        CheckUserAddress(BaseAddress, MemoryDescriptorList, Caller);
    }
    if (!MiCacheFromDdk(CacheType, &Cache)) {
        RaiseForUser(AccessMode, STATUS_INVALID_PARAMETER);
        return NULL;
    }
    Address = MapMdl(MemoryDescriptorList, AccessMode, Cache, BaseAddress, (ULONG)Priority & MAPPING_OPTIONS, Caller);
    if ((Address == NULL) && (AccessMode == KernelMode) && (BugCheckOnFailure != 0)) {
        BugCheckOnNoMapping(MemoryDescriptorList, Cache, Caller);
    }
    return Address;
}

/* DDI: nf-wdm-mmmaplockedpages, which is obsolete: cached, and no way to fail but the worst (0xC4/0x81). */
PVOID NTAPI MmMapLockedPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode)
{
    const VOID *Caller = RETURN_ADDRESS();
    KIRQL Irql = KeGetCurrentIrql();

    if ((AccessMode == KernelMode) && (Irql > DISPATCH_LEVEL)) {
        VfViolation(0x74, Irql, (ULONG_PTR)MemoryDescriptorList, KernelMode, Caller);
    }
    if ((AccessMode == UserMode) && (Irql > APC_LEVEL)) {
        VfViolation(0x75, Irql, (ULONG_PTR)MemoryDescriptorList, UserMode, Caller);
    }
    VfViolation(0x81, (ULONG_PTR)MemoryDescriptorList, (USHORT)MemoryDescriptorList->MdlFlags, 0, Caller);
    return MapMdl(MemoryDescriptorList, AccessMode, MiCacheWriteBack, NULL, 0, Caller);
}

static BOOLEAN IsMapped(PVOID BaseAddress, PMDL Mdl)
{
    const MI_MAPPING *Mapping = MiFindMapping((ULONG64)BaseAddress);

    return (Mapping != NULL) && (Mapping->Kind == MiMappingLockedPages) && (Mapping->Mdl == Mdl);
}

/* WDD: debugger/bug-check-0xda: 6 not mapped, 3 the wrong address, 4 the MDL's first page has changed. */
static MI_MAPPING *FindMdlMapping(PVOID BaseAddress, PMDL Mdl, const VOID *Caller)
{
    MI_MAPPING *Mapping = MiFindMapping((ULONG64)BaseAddress);
    ULONG64 *Pte;

    if (!IsMapped(BaseAddress, Mdl)) {
        KiBugCheck(0xDA, 6, (ULONG_PTR)Mdl, (ULONG_PTR)BaseAddress, MI_MDL_PAGES(Mdl), (ULONG_PTR)Caller);
    }
    if ((ULONG64)BaseAddress != Mapping->Base + Mdl->ByteOffset) {
        KiBugCheck(0xDA, 3, (ULONG_PTR)Mapping, Mapping->Base + Mdl->ByteOffset, (ULONG_PTR)BaseAddress,
                   (ULONG_PTR)Caller);
    }
    Pte = MiFindPte(Mapping->Base);
    if (((*Pte & PTE_PAGE_MASK) >> PAGE_SHIFT) != MmGetMdlPfnArray(Mdl)[0]) {
        KiBugCheck(0xDA, 4, (ULONG_PTR)Mapping, (*Pte & PTE_PAGE_MASK) >> PAGE_SHIFT, MmGetMdlPfnArray(Mdl)[0],
                   (ULONG_PTR)Caller);
    }
    return Mapping;
}

/*
 * DDI: nf-wdm-mmunmaplockedpages. IRQL <= DISPATCH_LEVEL for a system address, <= APC_LEVEL for a user address, and
 * then in the process that it was mapped in.
 */
VOID NTAPI MmUnmapLockedPages(PVOID BaseAddress, PMDL MemoryDescriptorList)
{
    PMDL Mdl = MemoryDescriptorList;
    const VOID *Caller = RETURN_ADDRESS();
    KIRQL Irql = KeGetCurrentIrql();
    BOOLEAN System = IsSystemAddress(BaseAddress);

    if (System && (Irql > DISPATCH_LEVEL)) {
        VfViolation(0x79, Irql, (ULONG_PTR)BaseAddress, (ULONG_PTR)Mdl, Caller);
    }
    if (!System && (Irql > APC_LEVEL)) {
        VfViolation(0x7A, Irql, (ULONG_PTR)BaseAddress, (ULONG_PTR)Mdl, Caller);
    }
    /* A partial MDL with a mapping of its own is unmapped as any other (DDI: nf-wdm-mmpreparemdlforreuse). */
    if (System && ((Mdl->MdlFlags & (MDL_PARTIAL | MDL_PARTIAL_HAS_BEEN_MAPPED)) == MDL_PARTIAL)) {
        VfViolation(0xB5, (ULONG_PTR)Mdl, (USHORT)Mdl->MdlFlags, MDL_PARTIAL, Caller);
    }
    if (System && ((Mdl->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) == 0)) {
        VfViolation(0xB6, (ULONG_PTR)Mdl, (USHORT)Mdl->MdlFlags, 0, Caller);
    }
    if (!System && !IsMapped(BaseAddress, Mdl)) {
        VfViolation(0xB9, (ULONG_PTR)BaseAddress, (ULONG_PTR)Mdl, 0, Caller);
    }
    MiUnmapPages(FindMdlMapping(BaseAddress, Mdl, Caller));
    if (System) {
        Mdl->MdlFlags &= ~(MDL_MAPPED_TO_SYSTEM_VA | MDL_PARTIAL_HAS_BEEN_MAPPED);
        Mdl->MappedSystemVa = NULL;
    }
}
