/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The PFN database: one entry for each page that the firmware's map describes, MMIO aside. In runs, because the map has
 * holes of gigabytes.
 */
#include "mm.h"

#include "hal.h"
#include "model.h"

#define DESCRIPTORS_MAX 512
#define RUNS_MAX 64

/* EFI_MEMORY_WB: memory that may be cached, and so is in the physical map. */
#define ATTRIBUTE_WRITE_BACK 0x8ull

/* What an OS may do with memory once boot services have ended (UEFI specification, 7.2, memory type usage). */
typedef struct {
    BOOLEAN HasPfn;
    BOOLEAN Ram;
} TYPE_POLICY;

static const TYPE_POLICY Policies[] = {
    {TRUE, FALSE},      /* Reserved */
    {TRUE, TRUE},       /* LoaderCode */
    {TRUE, TRUE},       /* LoaderData */
    {TRUE, TRUE},       /* BootServicesCode */
    {TRUE, TRUE},       /* BootServicesData */
    {TRUE, FALSE},      /* RuntimeServicesCode */
    {TRUE, FALSE},      /* RuntimeServicesData */
    {TRUE, TRUE},       /* Conventional */
    {TRUE, FALSE},      /* Unusable */
    {TRUE, FALSE},      /* ACPIReclaim, until the tables are read */
    {TRUE, FALSE},      /* ACPINVS */
    {FALSE, FALSE},     /* MemoryMappedIO */
    {FALSE, FALSE},     /* MemoryMappedIOPortSpace */
    {TRUE, FALSE},      /* PalCode */
    {TRUE, FALSE},      /* Persistent */
};

/* OEM and OS types, and whatever a later specification adds: somebody's, so not the OS's to take. */
static const TYPE_POLICY UnknownPolicy = {TRUE, FALSE};

typedef struct {
    PFN_NUMBER First;
    ULONG64 Count;
    MMPFN *Entries;
} PFN_RUN;

static const LOADER_MEMORY_DESCRIPTOR *Sorted[DESCRIPTORS_MAX];
static ULONG SortedCount;
static PFN_RUN Runs[RUNS_MAX];
static ULONG RunCount;
static const LOADER_BLOCK *FirmwareMap;
static PFN_NUMBER NextFreePage;

static TYPE_POLICY PolicyOf(ULONG MemoryType)
{
    TYPE_POLICY Policy = (MemoryType < ARRAYSIZE(Policies)) ? Policies[MemoryType] : UnknownPolicy;

    if (!Policy.Ram && ModelIsOther(ModelPfn)) {
        Policy.HasPfn = (MemoryType == TYPE_ACPI_RECLAIM) && ModelIsOther(ModelAcpiReclaim);
    }
    return Policy;
}

static BOOLEAN IsInPhysicalMap(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    return ((Descriptor->Attribute & ATTRIBUTE_WRITE_BACK) != 0) &&
           (Descriptor->PhysicalStart + Descriptor->NumberOfPages * PAGE_SIZE <= PHYSICAL_MAP_LIMIT);
}

static BOOLEAN IsUsableRam(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    return PolicyOf(Descriptor->Type).Ram && IsInPhysicalMap(Descriptor);
}

/* The specification does not promise an order. */
static VOID SortDescriptors(const LOADER_BLOCK *Block)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    ULONG64 Offset;
    ULONG Place;

    for (Offset = 0; Offset < Block->MemoryMapSize; Offset += Block->DescriptorSize) {
        Descriptor = MiPhysicalToVirtual(Block->MemoryMap + Offset);
        if (!PolicyOf(Descriptor->Type).HasPfn || (Descriptor->NumberOfPages == 0)) {
            continue;
        }
        if (SortedCount == DESCRIPTORS_MAX) {
            HalEndFatally("memory-map", "too-many-descriptors", STATUS_INSUFFICIENT_RESOURCES);
        }
        for (Place = SortedCount++; (Place > 0) && (Sorted[Place - 1]->PhysicalStart > Descriptor->PhysicalStart);
             Place--) {
            Sorted[Place] = Sorted[Place - 1];
        }
        Sorted[Place] = Descriptor;
    }
}

static VOID FindRuns(VOID)
{
    PFN_NUMBER First;
    ULONG Index;

    for (Index = 0; Index < SortedCount; Index++) {
        First = Sorted[Index]->PhysicalStart >> PAGE_SHIFT;
        if ((RunCount != 0) && (Runs[RunCount - 1].First + Runs[RunCount - 1].Count == First)) {
            Runs[RunCount - 1].Count += Sorted[Index]->NumberOfPages;
            continue;
        }
        if (RunCount == RUNS_MAX) {
            HalEndFatally("memory-map", "too-many-runs", STATUS_INSUFFICIENT_RESOURCES);
        }
        Runs[RunCount].First = First;
        Runs[RunCount].Count = Sorted[Index]->NumberOfPages;
        RunCount++;
    }
}

/* Pages below Limit at the end of [Start, End) outside the arena; 0 where they do not fit. */
static ULONG64 FitBelow(ULONG64 Start, ULONG64 End, ULONG64 Bytes)
{
    return ((End > Start) && (End - Start >= Bytes)) ? End - Bytes : 0;
}

/* The highest place for the database in RAM outside the arena. */
static ULONG64 FindPlace(const LOADER_BLOCK *Block, ULONG64 Bytes)
{
    ULONG64 ArenaEnd = Block->ArenaBase + Block->ArenaPages * PAGE_SIZE;
    ULONG64 Place = 0;
    ULONG64 Start;
    ULONG64 End;
    ULONG Index;

    for (Index = SortedCount; (Index-- != 0) && (Place == 0);) {
        if (!IsUsableRam(Sorted[Index])) {
            continue;
        }
        Start = Sorted[Index]->PhysicalStart;
        End = Start + Sorted[Index]->NumberOfPages * PAGE_SIZE;
        if ((End <= Block->ArenaBase) || (Start >= ArenaEnd)) {
            Place = FitBelow(Start, End, Bytes);
            continue;
        }
        Place = FitBelow(ArenaEnd, End, Bytes);
        if (Place == 0) {
            Place = FitBelow(Start, Block->ArenaBase, Bytes);
        }
    }
    return Place;
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
    MI_PAGE_STATE State = IsUsableRam(Descriptor) ? MiPageFree : MiPageFirmware;
    MMPFN *Entry = MiPfn(Descriptor->PhysicalStart >> PAGE_SHIFT);
    const MMPFN Initial = {.MemoryType = Descriptor->Type, .State = State};
    ULONG64 Index;

    for (Index = 0; Index < Descriptor->NumberOfPages; Index++, Entry++) {
        *Entry = Initial;
    }
}

VOID MiInitializePfnDatabase(const LOADER_BLOCK *Block)
{
    ULONG64 Bytes = 0;
    ULONG64 Place;
    MMPFN *Entries;
    ULONG Index;

    FirmwareMap = Block;
    SortDescriptors(Block);
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
    for (Index = 0; Index < SortedCount; Index++) {
        FillEntries(Sorted[Index]);
    }
    ClaimForSystem(Place, Bytes >> PAGE_SHIFT, MiPageSystem);
    ClaimForSystem(Block->ArenaBase, Block->ArenaPages, MiPageSystem);
    ClaimForSystem(Block->PageTables, Block->PageTablePages, MiPagePageTable);

    /* Page 0 stays unused: its number means "none". */
    if (MiPfn(0) != NULL) {
        NextFreePage = 1;
    }
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

BOOLEAN MiIsRam(PFN_NUMBER Page)
{
    const MMPFN *Entry = MiPfn(Page);

    return (Entry != NULL) && (Entry->State != MiPageFirmware);
}

VOID MiSayIfDisputed(PFN_NUMBER Page)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    ULONG64 Offset;

    for (Offset = 0; !MiIsRam(Page) && (Offset < FirmwareMap->MemoryMapSize); Offset += FirmwareMap->DescriptorSize) {
        Descriptor = MiPhysicalToVirtual(FirmwareMap->MemoryMap + Offset);
        if ((Page - (Descriptor->PhysicalStart >> PAGE_SHIFT) < Descriptor->NumberOfPages) &&
            ((Descriptor->Type >= ARRAYSIZE(Policies)) || Policies[Descriptor->Type].HasPfn)) {
            (VOID)ModelDecides(ModelPfn);
        }
    }
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

static PFN_NUMBER FindFreePage(PFN_NUMBER From)
{
    PFN_NUMBER Page;
    ULONG Index;

    for (Index = 0; Index < RunCount; Index++) {
        for (Page = max(From, Runs[Index].First); Page < Runs[Index].First + Runs[Index].Count; Page++) {
            if (Runs[Index].Entries[Page - Runs[Index].First].State == MiPageFree) {
                return Page;
            }
        }
    }
    return 0;
}

PFN_NUMBER MiAllocatePage(MI_PAGE_STATE State)
{
    PFN_NUMBER Page = FindFreePage(NextFreePage);

    if (Page == 0) {
        Page = FindFreePage(1);
    }
    if (Page != 0) {
        MiPfn(Page)->State = (UCHAR)State;
        NextFreePage = Page + 1;
    }
    return Page;
}

BOOLEAN MiFreeAcpiRange(ULONG *Next, PFN_NUMBER *First, PFN_NUMBER *Count)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    PFN_NUMBER Index;

    while (*Next < SortedCount) {
        Descriptor = Sorted[(*Next)++];
        if ((Descriptor->Type != TYPE_ACPI_RECLAIM) || !IsInPhysicalMap(Descriptor)) {
            continue;
        }
        *First = Descriptor->PhysicalStart >> PAGE_SHIFT;
        *Count = Descriptor->NumberOfPages;
        for (Index = 0; Index < *Count; Index++) {
            MiFreePage(*First + Index);
        }
        return TRUE;
    }
    return FALSE;
}

VOID MiFreePage(PFN_NUMBER Page)
{
    MiPfn(Page)->State = MiPageFree;
}
