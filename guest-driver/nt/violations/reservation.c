/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* WDD: debugger/bug-check-0xda: reserved mapping addresses, each way to misuse them. */
#include "violation.h"

#define PAGES 4
#define BYTES (2 * PAGE_SIZE)
#define OTHER_TAG 'rehO'

/* More than all system addresses of the contract guest, and reservations enough to take them by halves. */
#define MUCH 0x400000000ull
#define MANY 64

static PVOID Reserve(VOID)
{
    PVOID Base = MmAllocateMappingAddress(PAGES * PAGE_SIZE, VIOLATION_TAG);

    Say("base", (ULONG_PTR)Base);
    return Base;
}

static PVOID Map(PVOID Base, PMDL Mdl, ULONG Tag)
{
    return MmMapLockedPagesWithReservedMapping(Base, Tag, Mdl, MmCached);
}

static VOID Finish(PVOID Base, PVOID Mapped, DESCRIBED *Described)
{
    MmUnmapReservedMapping(Mapped, VIOLATION_TAG, Described->Mdl);
    MmUnlockPages(Described->Mdl);
    Forget(Described);
    MmFreeMappingAddress(Base, VIOLATION_TAG);
}

static VOID ReservedNothing(BOOLEAN Properly)
{
    MmFreeMappingAddress(MmAllocateMappingAddress(Properly ? PAGE_SIZE : 0, VIOLATION_TAG), VIOLATION_TAG);
}

static VOID FreedWithOtherTag(BOOLEAN Properly)
{
    MmFreeMappingAddress(Reserve(), Properly ? VIOLATION_TAG : OTHER_TAG);
}

static VOID FreedTwice(BOOLEAN Properly)
{
    PVOID Base = Reserve();

    MmFreeMappingAddress(Base, VIOLATION_TAG);
    if (!Properly) {
        MmFreeMappingAddress(Base, VIOLATION_TAG);
    }
}

static VOID FreedWhileMapped(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();
    PVOID Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);

    if (!Properly) {
        MmFreeMappingAddress(Base, VIOLATION_TAG);
    }
    Finish(Base, Mapped, &Described);
}

static VOID MappedWithOtherTag(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();

    Finish(Base, Map(Base, Described.Mdl, Properly ? VIOLATION_TAG : OTHER_TAG), &Described);
}

/* A reservation of this kind takes an MDL at its base only. */
static VOID MappedInside(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PUCHAR Base = Reserve();

    Finish(Base, Map(Properly ? Base : Base + PAGE_SIZE, Described.Mdl, VIOLATION_TAG), &Described);
}

static VOID MappedTwice(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();
    PVOID Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);

    if (!Properly) {
        Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);
    }
    Finish(Base, Mapped, &Described);
}

/* Unmaps once before Finish does; with the mapping's own tag, Finish is the second time. */
static VOID UnmapBeforehand(BOOLEAN Properly, ULONG Tag)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();
    PVOID Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);

    if (!Properly) {
        MmUnmapReservedMapping(Mapped, Tag, Described.Mdl);
    }
    Finish(Base, Mapped, &Described);
}

static VOID UnmappedWithOtherTag(BOOLEAN Properly)
{
    UnmapBeforehand(Properly, OTHER_TAG);
}

static VOID UnmappedTwice(BOOLEAN Properly)
{
    UnmapBeforehand(Properly, VIOLATION_TAG);
}

/* Unmaps by an MDL of another length than the one that is mapped. */
static VOID UnmapBytes(SIZE_T Bytes)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();
    PVOID Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);
    PMDL Other = IoAllocateMdl(Described.Buffer, (ULONG)Bytes, FALSE, FALSE, NULL);

    if (Bytes != BYTES) {
        MmUnmapReservedMapping(Mapped, VIOLATION_TAG, Other);
    }
    IoFreeMdl(Other);
    Finish(Base, Mapped, &Described);
}

static VOID UnmappedMore(BOOLEAN Properly)
{
    UnmapBytes(Properly ? BYTES : BYTES + PAGE_SIZE);
}

static VOID UnmappedLess(BOOLEAN Properly)
{
    UnmapBytes(Properly ? BYTES : BYTES - PAGE_SIZE);
}

/* From the second page on, where no mapping begins. */
static VOID UnmappedInside(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Base = Reserve();
    PUCHAR Mapped = Map(Base, Described.Mdl, VIOLATION_TAG);

    Finish(Base, Properly ? Mapped : Mapped + PAGE_SIZE, &Described);
}

/* WDD: debugger/bug-check-0x3f: a caller that wants a bug check rather than NULL, when all system addresses are taken. */
static VOID MapWithNoAddressLeft(BOOLEAN Properly)
{
    DESCRIBED Described = DescribeLocked(BYTES);
    PVOID Taken[MANY];
    ULONG Count = 0;
    SIZE_T Size = MUCH;
    PVOID Mapped;

    while ((Size >= PAGE_SIZE) && (Count < MANY)) {
        Taken[Count] = MmAllocateMappingAddress(Size, VIOLATION_TAG);
        if (Taken[Count] == NULL) {
            Size /= 2;
        } else {
            Count++;
        }
    }
    Mapped = MmMapLockedPagesSpecifyCache(Described.Mdl, KernelMode, MmCached, NULL, !Properly, NormalPagePriority);
    Say("mapped", (ULONG_PTR)Mapped);
    while (Count > 0) {
        MmFreeMappingAddress(Taken[--Count], VIOLATION_TAG);
    }
    MmUnlockPages(Described.Mdl);
    Forget(&Described);
}

const VIOLATION gReservationViolations[] = {
    {"reserve-nothing", ReservedNothing},
    {"free-reservation-with-other-tag", FreedWithOtherTag},
    {"free-reservation-twice", FreedTwice},
    {"free-reservation-while-mapped", FreedWhileMapped},
    {"map-reserved-with-other-tag", MappedWithOtherTag},
    {"map-reserved-inside", MappedInside},
    {"map-reserved-twice", MappedTwice},
    {"unmap-reserved-with-other-tag", UnmappedWithOtherTag},
    {"unmap-reserved-twice", UnmappedTwice},
    {"unmap-reserved-more", UnmappedMore},
    {"unmap-reserved-less", UnmappedLess},
    {"unmap-reserved-inside", UnmappedInside},
    {"map-with-no-address-left", MapWithNoAddressLeft},
    {NULL, NULL},
};
