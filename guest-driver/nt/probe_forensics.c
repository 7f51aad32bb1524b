/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a driver that reads all of physical memory meets: the ranges that there are, and cache types that conflict, in
 * pages that are mapped one by one and in a page that belongs to a large one (DDI: ntddk/nf-ntddk-mmgetphysicalmemoryranges,
 * wdm/nf-wdm-mmmaplockedpagesspecifycache, wdm/nf-wdm-zwmapviewofsection). It maps only what it has locked: anything
 * else Driver Verifier stops (C4: 0x83).
 */
#include "probe.h"

#include "mapping.h"
#include "routines.h"

#define HIGHEST_PHYSICAL 0x7FFFFFFFFFFFFFFFll
#define PATTERN 0x5245564F534B5341ull

/* Static, because MmCopyMemory wants its target in memory that can't be paged out. */
static ULONGLONG mSample;

/* Reads the first word of every range. The step's value is how many could be read. */
static VOID CopyFromRanges(const PHYSICAL_MEMORY_RANGE *Ranges)
{
    MM_COPY_ADDRESS Source;
    SIZE_T Copied;
    ULONG Read = 0;
    NTSTATUS Status = STATUS_SUCCESS;

    if (gRoutines.CopyMemory == NULL) {
        StepEnded("copy-from-ranges", HfOutcomeUnavailable, STATUS_PROCEDURE_NOT_FOUND, 0);
        return;
    }
    for (; NT_SUCCESS(Status) && (Ranges->NumberOfBytes.QuadPart != 0); Ranges++) {
        Source.PhysicalAddress = Ranges->BaseAddress;
        Status = gRoutines.CopyMemory(&mSample, Source, sizeof(mSample), MM_COPY_MEMORY_PHYSICAL, &Copied);
        Read += NT_SUCCESS(Status) ? 1 : 0;
    }
    StepStatus("copy-from-ranges", Status, Read);
}

static VOID AskRanges(VOID)
{
    PPHYSICAL_MEMORY_RANGE Ranges = MmGetPhysicalMemoryRanges();
    ULONG Count = 0;

    if (!StepPointer("ranges", Ranges)) {
        return;
    }
    while (Ranges[Count].NumberOfBytes.QuadPart != 0) {
        Count++;
    }
    StepAnswer("ranges-some", Count > 0);
    CopyFromRanges(Ranges);
    ExFreePool(Ranges);
}

/* Maps a locked page a second time and sees whether it is the same page. */
static VOID MapAgain(const char *Step, const char *Same, PHYSICAL_ADDRESS Page, MEMORY_CACHING_TYPE CacheType,
                     volatile ULONGLONG *First)
{
    volatile ULONGLONG *Second = MmMapIoSpace(Page, PAGE_SIZE, CacheType);

    if (!StepPointer(Step, (const VOID *)Second)) {
        return;
    }
    *First = PATTERN + (ULONGLONG)CacheType;
    StepAnswer(Same, *Second == PATTERN + (ULONGLONG)CacheType);
    MmUnmapIoSpace((PVOID)Second, PAGE_SIZE);
}

/* The same through another MDL of the same page, whose cache type then is not the first one's. */
static VOID MapAgainByMdl(volatile ULONGLONG *First)
{
    PMDL Mdl = IoAllocateMdl((PVOID)First, PAGE_SIZE, FALSE, FALSE, NULL);
    volatile ULONGLONG *Second = NULL;

    if (!StepPointer("conflict-mdl", Mdl)) {
        return;
    }
    if (NT_SUCCESS(StepLock("conflict-mdl-lock", Mdl, PASSIVE_LEVEL))) {
        Second = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmNonCached, NULL, FALSE, gRoutines.MdlPriority);
        if (StepPointer("conflict-mdl-map", (const VOID *)Second)) {
            *First = PATTERN;
            StepAnswer("conflict-mdl-same", *Second == PATTERN);
            MmUnmapLockedPages((PVOID)Second, Mdl);
        }
        MmUnlockPages(Mdl);
    }
    IoFreeMdl(Mdl);
}

static VOID MapAgainBySection(PHYSICAL_ADDRESS Page)
{
    HF_MAPPING Mapping = {.Address = Page, .Bytes = PAGE_SIZE, .CacheType = MmNonCached, .Variant = HfVariantReadOnly};
    NTSTATUS Status = MapWith(&gMapSection, &Mapping);

    if (StepStatus("conflict-section", Status, 0)) {
        (void)gMapSection.Unmap(&Mapping);
    }
}

static VOID AskMappedPage(PMDL Mdl)
{
    PHYSICAL_ADDRESS Page = {.QuadPart = (LONGLONG)MmGetMdlPfnArray(Mdl)[0] << PAGE_SHIFT};
    volatile ULONGLONG *First =
        MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, gRoutines.MdlPriority);

    if (!StepPointer("map", (const VOID *)First)) {
        return;
    }
    MapAgain("second-mapping", "second-mapping-same", Page, MmCached, First);
    MapAgain("conflict-iospace", "conflict-iospace-same", Page, MmNonCached, First);
    MapAgainByMdl(First);
    MapAgainBySection(Page);
    MmUnmapLockedPages((PVOID)First, Mdl);
}

static VOID AskPage(VOID)
{
    PHYSICAL_ADDRESS Lowest = {.QuadPart = 0};
    PHYSICAL_ADDRESS Highest = {.QuadPart = HIGHEST_PHYSICAL};
    PMDL Mdl = MmAllocatePagesForMdlEx(Lowest, Highest, Lowest, PAGE_SIZE, MmCached, 0);

    if (!StepPointer("page", Mdl)) {
        return;
    }
    AskMappedPage(Mdl);
    MmFreePagesFromMdl(Mdl);
    ExFreePool(Mdl);
}

/* The kernel's own image, which Windows maps with large pages. It is only read, and locked for as long as that takes. */
static VOID AskLargePage(VOID)
{
    PVOID Kernel = PAGE_ALIGN(KiBugCheckData);
    PMDL Mdl = IoAllocateMdl(Kernel, PAGE_SIZE, FALSE, FALSE, NULL);
    PVOID Mapped;

    if (!StepPointer("large-page-mdl", Mdl)) {
        return;
    }
    if (NT_SUCCESS(StepLock("large-page-lock", Mdl, PASSIVE_LEVEL))) {
        Mapped = MmMapIoSpace(MmGetPhysicalAddress(Kernel), PAGE_SIZE, MmNonCached);
        if (StepPointer("large-page-conflict", Mapped)) {
            MmUnmapIoSpace(Mapped, PAGE_SIZE);
        }
        MmUnlockPages(Mdl);
    }
    IoFreeMdl(Mdl);
}

static VOID Run(VOID)
{
    AskRanges();
    AskPage();
    AskLargePage();
}

const HF_PROBE gProbeForensics = {"osr-forensics", Run};
