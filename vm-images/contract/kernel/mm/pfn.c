/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The PFN database: one entry for each page that the firmware's map describes, MMIO aside. In runs, because the map has
 * holes of gigabytes.
 */
#include "memmap.h"

#include "cpu.h"
#include "hal.h"

#define RUNS_MAX 64

typedef struct {
    PFN_NUMBER First;
    ULONG64 Count;
    MMPFN *Entries;
} PFN_RUN;

static PFN_RUN Runs[RUNS_MAX];
static ULONG RunCount;

static VOID FindRuns(VOID)
{
    const LOADER_MEMORY_DESCRIPTOR *Memory;
    PFN_NUMBER First;
    ULONG Index;

    for (Index = 0; (Memory = MiMemoryAt(Index)) != NULL; Index++) {
        First = Memory->PhysicalStart >> PAGE_SHIFT;
        if ((RunCount != 0) && (Runs[RunCount - 1].First + Runs[RunCount - 1].Count == First)) {
            Runs[RunCount - 1].Count += Memory->NumberOfPages;
            continue;
        }
        if (RunCount == RUNS_MAX) {
            HalEndFatally("memory-map", "too-many-runs", STATUS_INSUFFICIENT_RESOURCES);
        }
        Runs[RunCount].First = First;
        Runs[RunCount].Count = Memory->NumberOfPages;
        RunCount++;
    }
}

/* The last place for so many bytes in [Start, End); 0 where they do not fit. */
static ULONG64 FitAtEnd(ULONG64 Start, ULONG64 End, ULONG64 Bytes)
{
    return ((End > Start) && (End - Start >= Bytes)) ? End - Bytes : 0;
}

/* The highest place for the database in one stretch of memory, outside the arena. */
static ULONG64 FindPlaceIn(const LOADER_MEMORY_DESCRIPTOR *Memory, const LOADER_BLOCK *Block, ULONG64 Bytes)
{
    ULONG64 Start = Memory->PhysicalStart;
    ULONG64 End = Start + Memory->NumberOfPages * PAGE_SIZE;
    ULONG64 ArenaEnd = Block->ArenaBase + Block->ArenaPages * PAGE_SIZE;
    ULONG64 Place;

    if ((End <= Block->ArenaBase) || (Start >= ArenaEnd)) {
        return FitAtEnd(Start, End, Bytes);
    }
    Place = FitAtEnd(ArenaEnd, End, Bytes);
    return (Place != 0) ? Place : FitAtEnd(Start, Block->ArenaBase, Bytes);
}

/* The highest place for the database in RAM; 0 where there is none. */
static ULONG64 FindPlace(const LOADER_BLOCK *Block, ULONG64 Bytes)
{
    const LOADER_MEMORY_DESCRIPTOR *Memory;
    ULONG64 Highest = 0;
    ULONG Index;

    for (Index = 0; (Memory = MiMemoryAt(Index)) != NULL; Index++) {
        if (MiIsUsableRam(Memory)) {
            Highest = max(Highest, FindPlaceIn(Memory, Block, Bytes));
        }
    }
    return Highest;
}

/*
 * Takes pages for the kernel itself. What it has there it reaches through the physical map, which the loader makes of
 * large pages, write-back: a claim that no mapping's end takes away. The rest of that map stands for no mapping of
 * Windows, which has no such map.
 */
static VOID ClaimForSystem(ULONG64 Start, ULONG64 Pages, MI_PAGE_STATE State)
{
    MMPFN *Entry = MiPfn(Start >> PAGE_SHIFT);
    MMPFN *End = Entry + Pages;

    for (; Entry < End; Entry++) {
        Entry->State = (UCHAR)State;
        Entry->Cache = MiCacheWriteBack;
        Entry->MapCount = 1;
    }
}

static VOID FillEntries(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    MI_PAGE_STATE State = MiIsUsableRam(Descriptor) ? MiPageFree : MiPageFirmware;
    MMPFN *Entry = MiPfn(Descriptor->PhysicalStart >> PAGE_SHIFT);
    const MMPFN Initial = {.MemoryType = Descriptor->Type, .State = State};
    ULONG64 Index;

    for (Index = 0; Index < Descriptor->NumberOfPages; Index++, Entry++) {
        *Entry = Initial;
    }
}

VOID MiInitializePfnDatabase(const LOADER_BLOCK *Block)
{
    const LOADER_MEMORY_DESCRIPTOR *Memory;
    ULONG64 Bytes = 0;
    ULONG64 Place;
    MMPFN *Entries;
    ULONG Index;

    MiReadMemoryMap(Block);
    FindRuns();
    for (Index = 0; Index < RunCount; Index++) {
        Bytes += Runs[Index].Count * sizeof(MMPFN);
    }
    Bytes = (ULONG64)PAGE_ALIGN(Bytes + PAGE_SIZE - 1);
    Place = FindPlace(Block, Bytes);
    if (Place == 0) {
        HalEndFatally("memory-map", "no-room-for-pfn-database", STATUS_NO_MEMORY);
    }

    Entries = MiPhysicalToVirtual(Place);
    for (Index = 0; Index < RunCount; Index++) {
        Runs[Index].Entries = Entries;
        Entries += Runs[Index].Count;
    }
    for (Index = 0; (Memory = MiMemoryAt(Index)) != NULL; Index++) {
        FillEntries(Memory);
    }
    ClaimForSystem(Place, Bytes >> PAGE_SHIFT, MiPageSystem);
    ClaimForSystem(Block->ArenaBase, Block->ArenaPages, MiPageSystem);
    ClaimForSystem(Block->PageTables, Block->PageTablePages, MiPagePageTable);
}

MMPFN *MiPfn(PFN_NUMBER Page)
{
    ULONG Index;

    for (Index = 0; Index < RunCount; Index++) {
        if ((Page >= Runs[Index].First) && (Page - Runs[Index].First < Runs[Index].Count)) {
            return &Runs[Index].Entries[Page - Runs[Index].First];
        }
    }
    return NULL;
}

PFN_NUMBER MiHighestPage(VOID)
{
    return (RunCount == 0) ? 0 : Runs[RunCount - 1].First + Runs[RunCount - 1].Count - 1;
}

ULONG64 MiPhysicalEnd(VOID)
{
    return 1ull << KiPhysicalAddressBits();
}

BOOLEAN MiIsRam(PFN_NUMBER Page)
{
    const MMPFN *Entry = MiPfn(Page);

    return (Entry != NULL) && (Entry->State != MiPageFirmware);
}

BOOLEAN MiNextRamRange(PFN_NUMBER *Start, PFN_NUMBER *First, PFN_NUMBER *Count)
{
    PFN_NUMBER Page;
    PFN_NUMBER End;
    ULONG Index;

    for (Index = 0; Index < RunCount; Index++) {
        End = Runs[Index].First + Runs[Index].Count;
        for (Page = max(*Start, Runs[Index].First); Page < End; Page++) {
            if (Runs[Index].Entries[Page - Runs[Index].First].State != MiPageFirmware) {
                break;
            }
        }
        if (Page >= End) {
            continue;
        }
        *First = Page;
        while ((Page < End) && (Runs[Index].Entries[Page - Runs[Index].First].State != MiPageFirmware)) {
            Page++;
        }
        *Count = Page - *First;
        *Start = Page;
        return TRUE;
    }
    return FALSE;
}

PFN_NUMBER MiFindPage(PFN_NUMBER From, MI_PAGE_STATE State)
{
    PFN_NUMBER Page;
    ULONG Index;

    for (Index = 0; Index < RunCount; Index++) {
        for (Page = max(From, Runs[Index].First); Page < Runs[Index].First + Runs[Index].Count; Page++) {
            if (Runs[Index].Entries[Page - Runs[Index].First].State == State) {
                return Page;
            }
        }
    }
    return 0;
}
