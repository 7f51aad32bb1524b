/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* MmMapIoSpace and its kin. */
#include "mm.h"

#include "ke.h"
#include "model.h"
#include "vf.h"

/* 52 bits: what the page tables can say. */
#define PHYSICAL_ADDRESS_LIMIT (1ull << 52)

/* DDI: nf-wdm-mmmapiospaceex, Protect: one of these, and at most one of the two cache modifiers. */
typedef struct {
    ULONG Protect;
    ULONG64 Flags;
} PROTECTION;

static const PROTECTION Protections[] = {
    {PAGE_READONLY, PTE_NO_EXECUTE},
    {PAGE_READWRITE, PTE_WRITE | PTE_NO_EXECUTE},
    {PAGE_EXECUTE, 0},
    {PAGE_EXECUTE_READ, 0},
    {PAGE_EXECUTE_READWRITE, PTE_WRITE},
};

static BOOLEAN DecodeProtect(ULONG Protect, ULONG64 *Flags, MI_CACHE *Cache)
{
    ULONG Modifier = Protect & (PAGE_NOCACHE | PAGE_WRITECOMBINE);
    ULONG Index;

    if (Modifier == (PAGE_NOCACHE | PAGE_WRITECOMBINE)) {
        return FALSE;
    }
    *Cache = MiCacheWriteBack;
    if (Modifier != 0) {
        *Cache = (Modifier == PAGE_NOCACHE) ? MiCacheUncached : MiCacheWriteCombined;
    }
    for (Index = 0; Index < ARRAYSIZE(Protections); Index++) {
        if (Protections[Index].Protect == (Protect & ~Modifier)) {
            *Flags = Protections[Index].Flags;
            return TRUE;
        }
    }
    return FALSE;
}

/*
 * WDD: debugger/bug-check-0x1a, 0x1233: a page that is not locked, without a word on which routine looks. Nobody but
 * Verifier asks it of a page that somebody has; one that nobody has may be given to anybody the next moment.
 */
static VOID CheckForFreePage(const MI_PAGES *Pages, const VOID *Caller)
{
    const MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        Entry = MiPfn(MiPageAt(Pages, Index));
        if ((Entry != NULL) && (Entry->State == MiPageFree) && !ModelDecides(ModelFreePageMap)) {
            KiBugCheck(0x1A, 0x1233, MiPageAt(Pages, Index), 0, 0, (ULONG_PTR)Caller);
        }
    }
}

/*
 * The rule that the project is about: pages with a PFN entry are memory, and memory may only be mapped this way while
 * it is locked, for only then do its contents and its cache attribute stay what they are (C4, 0x83).
 */
static PVOID MapIoSpace(PHYSICAL_ADDRESS Address, SIZE_T Bytes, MI_CACHE Cache, ULONG64 Flags, const VOID *Caller)
{
    MI_PAGES Pages = {NULL, (ULONG64)Address.QuadPart >> PAGE_SHIFT, 0};
    MI_MAPPING *Mapping;
    KIRQL Irql = KeGetCurrentIrql();
    PFN_NUMBER Unlocked;
    BOOLEAN IsUnlocked;

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(0x73, Irql, (ULONG_PTR)Address.QuadPart, Bytes, Caller);
    }
    if ((Bytes == 0) || (Bytes > PHYSICAL_ADDRESS_LIMIT) ||
        ((ULONG64)Address.QuadPart > PHYSICAL_ADDRESS_LIMIT - Bytes)) {
        return NULL;
    }
    Pages.Count = ADDRESS_AND_SIZE_TO_SPAN_PAGES(Address.QuadPart, Bytes);
    Unlocked = Pages.First;
    IsUnlocked = MiFindUnlockedPage(&Pages, &Unlocked);
    if (VfIsEnabled(MAXULONG) && (IsUnlocked || (MiPfn(Unlocked) == NULL))) {
        MiSayIfDisputed(Unlocked);
    }
    if (IsUnlocked) {
        VfViolation(0x83, (ULONG_PTR)Address.QuadPart, Bytes, Unlocked, Caller);
    }
    CheckForFreePage(&Pages, Caller);
    Mapping = MiMapPages(&MiSystemPtes, 0, &Pages, Cache, Flags, MiMappingIoSpace);
    return (Mapping == NULL) ? NULL : (PVOID)(Mapping->Base + BYTE_OFFSET(Address.QuadPart));
}

/*
 * DDI: nf-wdm-mmmapiospace. IRQL <= DISPATCH_LEVEL; NULL where it cannot map. The mapping may be executed, as before
 * MmMapIoSpaceEx there was no way to say otherwise.
 */
PVOID NTAPI MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, MEMORY_CACHING_TYPE CacheEnable)
{
    MI_CACHE Cache;

    if (!MiCacheFromDdk(CacheEnable, &Cache)) {
        return NULL;
    }
    return MapIoSpace(PhysicalAddress, NumberOfBytes, Cache, PTE_WRITE, RETURN_ADDRESS());
}

/* DDI: nf-wdm-mmmapiospaceex. Windows 10 and later; IRQL <= DISPATCH_LEVEL; NULL where it cannot map. */
PVOID NTAPI MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect)
{
    ULONG64 Flags;
    MI_CACHE Cache;

    if (!DecodeProtect(Protect, &Flags, &Cache)) {
        return NULL;
    }
    return MapIoSpace(PhysicalAddress, NumberOfBytes, Cache, Flags, RETURN_ADDRESS());
}

/*
 * DDI: nf-wdm-mmunmapiospace. IRQL <= APC_LEVEL by Verifier's rule (C4, 0x7B). Address and size must be those of the
 * map; WDD: debugger/bug-check-0xda tells the ways in which they are not.
 */
VOID NTAPI MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes)
{
    ULONG64 Base = (ULONG64)PAGE_ALIGN(BaseAddress);
    ULONG64 Pages = ADDRESS_AND_SIZE_TO_SPAN_PAGES(BaseAddress, NumberOfBytes);
    ULONG_PTR Caller = (ULONG_PTR)RETURN_ADDRESS();
    KIRQL Irql = KeGetCurrentIrql();
    MI_MAPPING *Mapping;

    if (Irql > APC_LEVEL) {
        VfViolation(0x7B, Irql, (ULONG_PTR)BaseAddress, NumberOfBytes, RETURN_ADDRESS());
    }
    Mapping = MiFindMapping(Base);
    if (Mapping == NULL) {
        KiBugCheck(0xDA, 0x302, (ULONG_PTR)BaseAddress, 0, 0, Caller);
    }
    if (Mapping->Kind != MiMappingIoSpace) {
        KiBugCheck(0xDA, 0x303, (ULONG_PTR)BaseAddress, Pages, 0, Caller);
    }
    if (Mapping->Base != Base) {
        KiBugCheck(0xDA, 0x304, (ULONG_PTR)BaseAddress, Pages, 0, Caller);
    }
    if (Mapping->Pages != Pages) {
        KiBugCheck(0xDA, 0x305, (ULONG_PTR)BaseAddress, Pages, Mapping->Pages, Caller);
    }
    MiUnmapPages(Mapping);
}
