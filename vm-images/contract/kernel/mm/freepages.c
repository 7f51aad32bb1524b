/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Pages for the kernel's own use and for pool, one at a time. */
#include "memmap.h"

/* Page 0 stays unused: its number means "none". */
static PFN_NUMBER NextFreePage = 1;

/* What has such a page reaches it write-back, and every further mapping of it gets the same until it is free again. */
PFN_NUMBER MiAllocatePage(MI_PAGE_STATE State)
{
    PFN_NUMBER Page = MiFindPage(NextFreePage, MiPageFree);
    MMPFN *Entry;

    if (Page == 0) {
        Page = MiFindPage(1, MiPageFree);
    }
    if (Page != 0) {
        Entry = MiPfn(Page);
        Entry->State = (UCHAR)State;
        Entry->Cache = MiCacheWriteBack;
        Entry->MapCount++;
        NextFreePage = Page + 1;
    }
    return Page;
}

VOID MiFreePage(PFN_NUMBER Page)
{
    MiPfn(Page)->State = MiPageFree;
    MiDisclaimPage(Page);
}

VOID MiDisclaimPage(PFN_NUMBER Page)
{
    MMPFN *Entry = MiPfn(Page);

    if ((Entry == NULL) || (Entry->MapCount == 0)) {
        return;
    }
    Entry->MapCount--;
    if (Entry->MapCount == 0) {
        Entry->Cache = MiCacheNone;
    }
}

BOOLEAN MiFreeAcpiRange(ULONG *Next, PFN_NUMBER *First, PFN_NUMBER *Count)
{
    const LOADER_MEMORY_DESCRIPTOR *Memory;
    PFN_NUMBER Index;

    while ((Memory = MiMemoryAt((*Next)++)) != NULL) {
        if ((Memory->Type != TYPE_ACPI_RECLAIM) || !MiIsInPhysicalMap(Memory)) {
            continue;
        }
        *First = Memory->PhysicalStart >> PAGE_SHIFT;
        *Count = Memory->NumberOfPages;
        for (Index = 0; Index < *Count; Index++) {
            MiPfn(*First + Index)->State = MiPageFree;
        }
        return TRUE;
    }
    return FALSE;
}
