/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Locking pages through an MDL. */
#include "mm.h"

#include "ke.h"
#include "vf.h"

/* Flags that an MDL must not have when its pages are to be locked (C4, 0xB0). */
#define NOT_TO_BE_LOCKED \
    (MDL_PAGES_LOCKED | MDL_MAPPED_TO_SYSTEM_VA | MDL_SOURCE_IS_NONPAGED_POOL | MDL_PARTIAL | MDL_IO_SPACE)

BOOLEAN MiFindUnlockedPage(const MI_PAGES *Pages, PFN_NUMBER *Unlocked)
{
    const MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Pages->Count; Index++) {
        Entry = MiPfn(MiPageAt(Pages, Index));
        if ((Entry != NULL) && (Entry->LockCount == 0)) {
            *Unlocked = MiPageAt(Pages, Index);
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether the addresses allow the operation; fills the MDL's page array on the way. */
static BOOLEAN ProbePages(PMDL Mdl, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation)
{
    PFN_NUMBER *Pages = MmGetMdlPfnArray(Mdl);
    ULONG64 Count = MI_MDL_PAGES(Mdl);
    ULONG64 Address = (ULONG64)Mdl->StartVa;
    ULONG64 Physical;
    BOOLEAN Writable;
    ULONG64 Index;

    for (Index = 0; Index < Count; Index++, Address += PAGE_SIZE) {
        if ((AccessMode == UserMode) && ((LONG64)Address < 0)) {
            return FALSE;
        }
        if (!MiTranslate(Address, &Physical, &Writable) || ((Operation != IoReadAccess) && !Writable)) {
            return FALSE;
        }
        Pages[Index] = Physical >> PAGE_SHIFT;
    }
    return TRUE;
}

/* Counts a lock on each page. Pages outside the PFN database cannot be locked and make the MDL one for I/O space. */
static VOID LockPages(PMDL Mdl, const VOID *Caller)
{
    PFN_NUMBER *Pages = MmGetMdlPfnArray(Mdl);
    ULONG64 Count = MI_MDL_PAGES(Mdl);
    MMPFN *Entry;
    ULONG64 Index;

    for (Index = 0; Index < Count; Index++) {
        Entry = MiPfn(Pages[Index]);
        if (VfIsEnabled(MAXULONG)) {
            MiSayIfDisputed(Pages[Index]);
        }
        if (Entry == NULL) {
            VfViolation(0x6F, (ULONG_PTR)Mdl, Pages[Index], MiHighestPage(), Caller);
            Mdl->MdlFlags |= MDL_IO_SPACE;
        } else {
            Entry->LockCount++;
        }
    }
}

/* Verifier's numbers for one of the two routines: too high an IRQL, and wrong flags. */
typedef struct {
    ULONG_PTR Irql;
    ULONG_PTR Flags;
} LOCK_RULES;

static const LOCK_RULES PageRules = {0x70, 0xB0};
static const LOCK_RULES ProcessPageRules = {0x71, 0xB1};

/* ModeOrProcess is what the IRQL's rule has for its last parameter. */
static VOID ProbeAndLock(PMDL Mdl, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation, const LOCK_RULES *Rules,
                         ULONG_PTR ModeOrProcess, const VOID *Caller)
{
    KIRQL Irql = KeGetCurrentIrql();
    ULONG Wrong = Mdl->MdlFlags & NOT_TO_BE_LOCKED;

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(Rules->Irql, Irql, (ULONG_PTR)Mdl, ModeOrProcess, Caller);
    }
    if (Wrong != 0) {
        VfViolation(Rules->Flags, (ULONG_PTR)Mdl, (USHORT)Mdl->MdlFlags, Wrong, Caller);
    }
    /* Above APC_LEVEL nobody can page it in, and forced IRQL checking has it out (WDD: devtest/force-irql-checking). */
    if ((Irql > APC_LEVEL) && VfIsEnabled(VF_FORCE_IRQL) && ExpIsPagedPool(MmGetMdlVirtualAddress(Mdl))) {
        KiBugCheck(0xD1, (ULONG_PTR)MmGetMdlVirtualAddress(Mdl), Irql, 0, (ULONG_PTR)Caller, (ULONG_PTR)Caller);
    }
    if (!ProbePages(Mdl, AccessMode, Operation)) {
        ExRaiseStatus(STATUS_ACCESS_VIOLATION);
    }
    LockPages(Mdl, Caller);
    Mdl->MdlFlags |= MDL_PAGES_LOCKED;
    if (Operation != IoReadAccess) {
        Mdl->MdlFlags |= MDL_WRITE_OPERATION;
    }
}

/*
 * DDI: nf-wdm-mmprobeandlockpages. IRQL <= DISPATCH_LEVEL, <= APC_LEVEL for pageable addresses. Raises
 * STATUS_ACCESS_VIOLATION where the addresses do not allow the operation. Each call is matched by MmUnlockPages.
 */
VOID NTAPI MmProbeAndLockPages(PMDL MemoryDescriptorList, KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation)
{
    ProbeAndLock(MemoryDescriptorList, AccessMode, Operation, &PageRules, (ULONG_PTR)AccessMode, RETURN_ADDRESS());
}

/* WDM's header has it, C4 its rules (0x71, 0xB1): the same in the context of a process, of which there is one here. */
VOID NTAPI MmProbeAndLockProcessPages(PMDL MemoryDescriptorList, PEPROCESS Process, KPROCESSOR_MODE AccessMode,
                                      LOCK_OPERATION Operation)
{
    ProbeAndLock(MemoryDescriptorList, AccessMode, Operation, &ProcessPageRules, (ULONG_PTR)Process,
                 RETURN_ADDRESS());
}

static VOID UnlockPage(PFN_NUMBER Page, const VOID *Caller)
{
    MMPFN *Entry = MiPfn(Page);

    if (Entry == NULL) {
        return;
    }
    /* WDD: debugger/bug-check-0x4e, parameter 1 = 7: unlocked more often than locked. */
    if (Entry->LockCount == 0) {
        KiBugCheck(0x4E, 7, Page, 0, 0, (ULONG_PTR)Caller);
    }
    Entry->LockCount--;
}

static VOID CheckUnlock(const MDL *Mdl, const VOID *Caller)
{
    KIRQL Irql = KeGetCurrentIrql();
    USHORT Flags = (USHORT)Mdl->MdlFlags;

    if (Irql > DISPATCH_LEVEL) {
        VfViolation(0x78, Irql, (ULONG_PTR)Mdl, 0, Caller);
    }
    if ((Flags & MDL_SOURCE_IS_NONPAGED_POOL) != 0) {
        VfViolation(0x7D, (ULONG_PTR)Mdl, Flags, 0, Caller);
    }
    if ((Flags & MDL_PARTIAL) != 0) {
        VfViolation(0xB4, (ULONG_PTR)Mdl, Flags, MDL_PARTIAL, Caller);
    }
    if ((Flags & MDL_PAGES_LOCKED) == 0) {
        VfViolation(0x7C, (ULONG_PTR)Mdl, Flags, 0, Caller);
    }
}

/*
 * DDI: nf-wdm-mmunlockpages. IRQL <= DISPATCH_LEVEL. Undoes MmProbeAndLockPages, and the MDL's system mapping if it has
 * one.
 */
VOID NTAPI MmUnlockPages(PMDL MemoryDescriptorList)
{
    PMDL Mdl = MemoryDescriptorList;
    PFN_NUMBER *Pages = MmGetMdlPfnArray(Mdl);
    ULONG64 Count = MI_MDL_PAGES(Mdl);
    ULONG64 Index;

    CheckUnlock(Mdl, RETURN_ADDRESS());
    if ((Mdl->MdlFlags & MDL_MAPPED_TO_SYSTEM_VA) != 0) {
        MmUnmapLockedPages(Mdl->MappedSystemVa, Mdl);
    }
    for (Index = 0; Index < Count; Index++) {
        UnlockPage(Pages[Index], RETURN_ADDRESS());
    }
    Mdl->MdlFlags &= ~(MDL_PAGES_LOCKED | MDL_WRITE_OPERATION | MDL_IO_SPACE);
}
