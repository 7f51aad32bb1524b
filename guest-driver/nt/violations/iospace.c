/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* MmMapIoSpace: pages that may be mapped so, and when. */
#include "violation.h"

#define BYTES (2 * PAGE_SIZE)

static VOID MapDeviceAt(KIRQL MapIrql, KIRQL UnmapIrql)
{
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    KIRQL Old = RaiseTo(MapIrql);
    PVOID Registers = MmMapIoSpace(Device, PAGE_SIZE, MmNonCached);

    LowerTo(Old);
    Say("address", (ULONG_PTR)Registers);
    Old = RaiseTo(UnmapIrql);
    MmUnmapIoSpace(Registers, PAGE_SIZE);
    LowerTo(Old);
}

static VOID MappedAboveDispatch(BOOLEAN Properly)
{
    MapDeviceAt(Properly ? DISPATCH_LEVEL : ABOVE_DISPATCH, PASSIVE_LEVEL);
}

static VOID UnmappedAboveApc(BOOLEAN Properly)
{
    MapDeviceAt(PASSIVE_LEVEL, Properly ? APC_LEVEL : DISPATCH_LEVEL);
}

/* Memory of this driver's own, which is RAM for certain, by its physical address. */
static VOID MappedUnlocked(BOOLEAN Properly)
{
    DESCRIBED Described = Describe(NonPagedPool, PAGE_SIZE);
    PHYSICAL_ADDRESS Address = MmGetPhysicalAddress(Described.Buffer);
    PVOID Mapped;

    Say("physical", (ULONGLONG)Address.QuadPart);
    if (Properly) {
        Lock(Described.Mdl);
    }
    Mapped = MmMapIoSpace(Address, PAGE_SIZE, MmCached);
    MmUnmapIoSpace(Mapped, PAGE_SIZE);
    if (Properly) {
        MmUnlockPages(Described.Mdl);
    }
    Forget(&Described);
}

/* WDD: debugger/bug-check-0x1a, 0x1233: memory that nobody has any more. */
static VOID MappedFreePage(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Zero = {.QuadPart = 0};
    PHYSICAL_ADDRESS Highest = {.QuadPart = -1};
    PMDL Mdl = MmAllocatePagesForMdlEx(Zero, Highest, Zero, PAGE_SIZE, MmCached, 0);
    PFN_NUMBER Page = MmGetMdlPfnArray(Mdl)[0];
    PHYSICAL_ADDRESS Address = {.QuadPart = (LONGLONG)(Page << PAGE_SHIFT)};
    PVOID Mapped;

    Say("free-page", Page);
    if (!Properly) {
        MmFreePagesFromMdl(Mdl);
    }
    Mapped = MmMapIoSpace(Address, PAGE_SIZE, MmCached);
    Say("result", (ULONG_PTR)Mapped);
    MmUnmapIoSpace(Mapped, PAGE_SIZE);
    if (Properly) {
        MmFreePagesFromMdl(Mdl);
    }
    ExFreePool(Mdl);
}

/* WDD: debugger/bug-check-0xda, 0x305: not the size that was mapped. */
static VOID UnmappedOtherSize(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    PVOID Registers = MmMapIoSpace(Device, BYTES, MmNonCached);

    Say("address", (ULONG_PTR)Registers);
    MmUnmapIoSpace(Registers, Properly ? BYTES : PAGE_SIZE);
}

/* 0x302: nothing is mapped there any more. */
static VOID UnmappedTwice(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    PVOID Registers = MmMapIoSpace(Device, BYTES, MmNonCached);

    Say("address", (ULONG_PTR)Registers);
    MmUnmapIoSpace(Registers, BYTES);
    if (!Properly) {
        MmUnmapIoSpace(Registers, BYTES);
    }
}

/* 0x304: in the middle of what was mapped. */
static VOID UnmappedInside(BOOLEAN Properly)
{
    PHYSICAL_ADDRESS Device = {.QuadPart = DEVICE_ADDRESS};
    PUCHAR Registers = MmMapIoSpace(Device, BYTES, MmNonCached);

    Say("address", (ULONG_PTR)Registers);
    if (!Properly) {
        MmUnmapIoSpace(Registers + PAGE_SIZE, PAGE_SIZE);
    }
    MmUnmapIoSpace(Registers, BYTES);
}

/* 0x303: mapped, but by another routine. */
static VOID UnmappedOtherKind(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Address = MmMapLockedPagesSpecifyCache(Described.Mdl, KernelMode, MmCached, NULL, FALSE, NormalPagePriority);

    Say("address", (ULONG_PTR)Address);
    if (!Properly) {
        MmUnmapIoSpace(Address, BYTES);
    }
    MmUnmapLockedPages(Address, Described.Mdl);
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

const VIOLATION gIoSpaceViolations[] = {
    {"map-io-space-above-dispatch", MappedAboveDispatch},
    {"unmap-io-space-above-apc", UnmappedAboveApc},
    {"map-io-space-unlocked", MappedUnlocked},
    {"map-io-space-of-free-page", MappedFreePage},
    {"unmap-io-space-other-size", UnmappedOtherSize},
    {"unmap-io-space-twice", UnmappedTwice},
    {"unmap-io-space-inside", UnmappedInside},
    {"unmap-io-space-other-kind", UnmappedOtherKind},
    {NULL, NULL},
};
