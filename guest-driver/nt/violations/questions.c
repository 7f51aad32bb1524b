/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Calls whose outcome Microsoft's documentation leaves open, so that the contract guest has a switch for each. Each says
 * its outcome as "result": an address, a status, or an offset.
 */
#include "violation.h"

/* Half of the usual machine's memory. */
#define MUCH 0x2000000ull

static PVOID MapIo(PHYSICAL_ADDRESS Address, MEMORY_CACHING_TYPE CacheType)
{
    PVOID Mapped = MmMapIoSpace(Address, PAGE_SIZE, CacheType);

    Say("result", (ULONG_PTR)Mapped);
    return Mapped;
}

static VOID UnmapIo(PVOID Mapped)
{
    if (Mapped != NULL) {
        MmUnmapIoSpace(Mapped, PAGE_SIZE);
    }
}

/* The block is memory that the OS must keep its hands off. */
static VOID MapBlock(BOOLEAN Properly)
{
    UNREFERENCED_PARAMETER(Properly);
    UnmapIo(MapIo(BlockAddress(), MmCached));
}

static VOID MdlForBlock(BOOLEAN Properly)
{
    MM_PHYSICAL_ADDRESS_LIST Range = {BlockAddress(), PAGE_SIZE};
    PMDL Mdl;
    NTSTATUS Status = MmAllocateMdlForIoSpace(&Range, 1, &Mdl);

    UNREFERENCED_PARAMETER(Properly);
    Say("result", (ULONG)Status);
    if (NT_SUCCESS(Status)) {
        IoFreeMdl(Mdl);
    }
}

/* The page that holds the root of the page tables. */
static VOID MapPageTable(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Root = {.QuadPart = (LONGLONG)(__readcr3() & ~(ULONGLONG)(PAGE_SIZE - 1))};

    UNREFERENCED_PARAMETER(Properly);
    UnmapIo(MapIo(Root, MmCached));
}

/* One page with two cache types. */
static VOID MapTwoCacheTypes(BOOLEAN Properly)
{
    PVOID First = MapIo(BlockAddress(), MmCached);

    UNREFERENCED_PARAMETER(Properly);
    UnmapIo(MapIo(BlockAddress(), MmNonCached));
    UnmapIo(First);
}

/* Code of the kernel's own, which lies in a large page, as what it is not. Its own type is asked for as well. */
static VOID MapLargePage(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Kernel = MmGetPhysicalAddress(PAGE_ALIGN(Resolve(L"MmMapIoSpace")));
    PVOID Cached = MmMapIoSpace(Kernel, PAGE_SIZE, MmCached);

    UNREFERENCED_PARAMETER(Properly);
    Say("cached", (ULONG_PTR)Cached);
    UnmapIo(Cached);
    UnmapIo(MapIo(Kernel, MmWriteCombined));
    UnmapIo(MapIo(Kernel, MmNonCached));
}

/* Cached pages as noncached ones, by an MDL, with a bug check where that cannot be. */
static VOID MapMdlOtherCacheType(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(PAGE_SIZE);
    PHYSICAL_ADDRESS Page = MmGetPhysicalAddress(Described.Buffer);
    PVOID Cached = MmMapIoSpace(Page, PAGE_SIZE, MmCached);
    PVOID Mapped = MmMapLockedPagesSpecifyCache(Described.Mdl, KernelMode, MmNonCached, NULL, TRUE, NormalPagePriority);

    UNREFERENCED_PARAMETER(Properly);
    Say("result", (ULONG_PTR)Mapped);
    MmUnmapLockedPages(Mapped, Described.Mdl);
    UnmapIo(Cached);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

/* More memory than is left where somebody has taken it all. */
static VOID AllocateMuch(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Zero = {.QuadPart = 0};
    PHYSICAL_ADDRESS Highest = {.QuadPart = -1};
    PMDL Mdl = MmAllocatePagesForMdlEx(Zero, Highest, Zero, MUCH, MmCached, MM_DONT_ZERO_ALLOCATION);

    UNREFERENCED_PARAMETER(Properly);
    Say("allocated", (Mdl == NULL) ? 0 : MmGetMdlByteCount(Mdl));
    if (Mdl != NULL) {
        MmFreePagesFromMdl(Mdl);
        ExFreePool(Mdl);
    }
}

static BOOLEAN HoldsThroughout(const ULONGLONG *Page, ULONGLONG Word)
{
    ULONG Index;

    for (Index = 0; (Index < PAGE_SIZE / sizeof(Word)) && (Page[Index] == Word); Index++) {
    }
    return Index == PAGE_SIZE / sizeof(Word);
}

/* What free memory holds: the word at its end, which the firmware has hardly used, and how many pages hold nothing else. */
static VOID LookAtFreeMemory(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Zero = {.QuadPart = 0};
    PHYSICAL_ADDRESS Highest = {.QuadPart = -1};
    PMDL Mdl = MmAllocatePagesForMdlEx(Zero, Highest, Zero, MUCH, MmCached, MM_DONT_ZERO_ALLOCATION);
    PUCHAR Pages = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
    ULONG Count = MmGetMdlByteCount(Mdl) / PAGE_SIZE;
    ULONGLONG Word = *(PULONGLONG)(Pages + (Count - 1) * PAGE_SIZE);
    ULONG Alike = 0;
    ULONG Index;

    UNREFERENCED_PARAMETER(Properly);
    for (Index = 0; Index < Count; Index++) {
        Alike += HoldsThroughout((const ULONGLONG *)(Pages + Index * PAGE_SIZE), Word);
    }
    Say("word", Word);
    Say("pages", Count);
    Say("alike", Alike);
    MmUnmapLockedPages(Pages, Mdl);
    MmFreePagesFromMdl(Mdl);
    ExFreePool(Mdl);
}

/* One of each thing that a driver can leave behind, but for pool, which Verifier asks back. */
static VOID LeaveBehind(BOOLEAN Properly)
{
    PVOID Base = MmAllocateMappingAddress(PAGE_SIZE, VIOLATION_TAG);
    MM_PHYSICAL_ADDRESS_LIST Range = {BlockAddress(), PAGE_SIZE};
    PMDL Mdl;
    PVOID Mapped;
    UNICODE_STRING Name;
    OBJECT_ATTRIBUTES Attributes;
    HANDLE Section;

    RtlInitUnicodeString(&Name, SECTION_NAME);
    InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    (VOID)ZwOpenSection(&Section, SECTION_MAP_READ, &Attributes);
    (VOID)MmAllocateMdlForIoSpace(&Range, 1, &Mdl);
    Mapped = MmMapLockedPagesSpecifyCache(Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);
    if (Properly) {
        MmUnmapLockedPages(Mapped, Mdl);
        IoFreeMdl(Mdl);
        (VOID)ZwClose(Section);
        MmFreeMappingAddress(Base, VIOLATION_TAG);
    }
}

static VOID View(ULONGLONG Offset, ULONG Protect)
{
    UNICODE_STRING Name;
    OBJECT_ATTRIBUTES Attributes;
    LARGE_INTEGER SectionOffset = {.QuadPart = (LONGLONG)Offset};
    SIZE_T Size = PAGE_SIZE;
    PVOID Base = NULL;
    HANDLE Section;
    NTSTATUS Status;

    RtlInitUnicodeString(&Name, SECTION_NAME);
    InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    Status = ZwOpenSection(&Section, SECTION_MAP_READ | SECTION_MAP_WRITE, &Attributes);
    if (!NT_SUCCESS(Status)) {
        Say("result", (ULONG)Status);
        return;
    }
    Status = ZwMapViewOfSection(Section, ZwCurrentProcess(), &Base, 0, Size, &SectionOffset, &Size, ViewUnmap, 0, Protect);
    Say("result", (ULONG)Status);
    Say("offset", (ULONGLONG)SectionOffset.QuadPart);
    Say("view", (ULONG_PTR)Base);
    if (NT_SUCCESS(Status)) {
        (VOID)ZwUnmapViewOfSection(ZwCurrentProcess(), Base);
    }
    (VOID)ZwClose(Section);
}

/* A view of pages that are mapped already, as cached ones. */
static VOID ViewOtherCacheType(BOOLEAN Properly)
{
    PVOID Mapped = MmMapIoSpace(BlockAddress(), PAGE_SIZE, MmCached);

    UNREFERENCED_PARAMETER(Properly);
    View((ULONGLONG)BlockAddress().QuadPart, PAGE_READWRITE | PAGE_NOCACHE);
    UnmapIo(Mapped);
}

/* At an offset that is a page's and not 64 KiB's. */
static VOID ViewAtPage(BOOLEAN Properly)
{
    UNREFERENCED_PARAMETER(Properly);
    View((ULONGLONG)BlockAddress().QuadPart + PAGE_SIZE, PAGE_READWRITE);
}

const VIOLATION gQuestions[] = {
    {"map-block", MapBlock},
    {"mdl-for-block", MdlForBlock},
    {"map-page-table", MapPageTable},
    {"map-two-cache-types", MapTwoCacheTypes},
    {"map-large-page", MapLargePage},
    {"map-mdl-other-cache-type", MapMdlOtherCacheType},
    {"allocate-much", AllocateMuch},
    {"look-at-free-memory", LookAtFreeMemory},
    {"leave-behind", LeaveBehind},
    {"view-other-cache-type", ViewOtherCacheType},
    {"view-at-page", ViewAtPage},
    {NULL, NULL},
};
