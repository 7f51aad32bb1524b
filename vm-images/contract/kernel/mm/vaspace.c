/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#define SYSTEM_PTE_UNITS (2048u * 1024)     /* 8 GiB */
#define POOL_UNITS (256u * 1024)            /* 1 GiB */
#define USER_UNITS (128u * 1024)            /* 8 GiB */
#define DRIVER_UNITS (32u * 1024)           /* 128 MiB */

/* Views start at multiples of 64 KiB (DDI: nf-wdm-zwmapviewofsection, BaseAddress). */
#define USER_UNIT_PAGES 16

static UCHAR SystemPteBits[SYSTEM_PTE_UNITS / 8];
static UCHAR PoolBits[POOL_UNITS / 8];
static UCHAR UserBits[USER_UNITS / 8];
static UCHAR DriverBits[DRIVER_UNITS / 8];

MI_REGION MiSystemPtes = {0xFFFFC00000000000ull, 1, SYSTEM_PTE_UNITS, 0, SystemPteBits};
MI_REGION MiPoolSpace = {0xFFFFE00000000000ull, 1, POOL_UNITS, 0, PoolBits};
MI_REGION MiUserSpace = {0x0000020000000000ull, USER_UNIT_PAGES, USER_UNITS, 0, UserBits};
MI_REGION MiDriverSpace = {0xFFFFF80200000000ull, 1, DRIVER_UNITS, 0, DriverBits};

static BOOLEAN IsUsed(const MI_REGION *Region, ULONG64 Unit)
{
    return (Region->Used[Unit / 8] & (1u << (Unit % 8))) != 0;
}

static VOID Mark(MI_REGION *Region, ULONG64 First, ULONG64 Count, BOOLEAN Used)
{
    ULONG64 Unit;

    for (Unit = First; Unit < First + Count; Unit++) {
        if (Used) {
            Region->Used[Unit / 8] |= (UCHAR)(1u << (Unit % 8));
        } else {
            Region->Used[Unit / 8] &= (UCHAR)~(1u << (Unit % 8));
        }
    }
}

static ULONG64 UnitsFor(const MI_REGION *Region, ULONG64 Pages)
{
    return (Pages + Region->UnitPages - 1) / Region->UnitPages;
}

static ULONG64 UnitSize(const MI_REGION *Region)
{
    return Region->UnitPages * PAGE_SIZE;
}

/* The first of Count free units in a row between From and To; To where there are none. */
static ULONG64 FindFree(const MI_REGION *Region, ULONG64 From, ULONG64 To, ULONG64 Count)
{
    ULONG64 Unit;
    ULONG64 Free = 0;

    for (Unit = From; Unit < To; Unit++) {
        Free = IsUsed(Region, Unit) ? 0 : Free + 1;
        if (Free == Count) {
            return Unit + 1 - Count;
        }
    }
    return To;
}

ULONG64 MiReserve(MI_REGION *Region, ULONG64 Pages)
{
    ULONG64 Count = UnitsFor(Region, Pages);
    ULONG64 Wanted = Count + 1;     /* the unit behind stays unmapped, so that an overrun faults */
    ULONG64 First;

    if ((Pages == 0) || (Wanted > Region->Units)) {
        return 0;
    }
    First = FindFree(Region, Region->Next, Region->Units, Wanted);
    if (First == Region->Units) {
        First = FindFree(Region, 0, Region->Units, Wanted);
    }
    if (First == Region->Units) {
        return 0;
    }
    Mark(Region, First, Count, TRUE);
    Region->Next = First + Wanted;
    return Region->Base + First * UnitSize(Region);
}

BOOLEAN MiReserveAt(MI_REGION *Region, ULONG64 Address, ULONG64 Pages)
{
    ULONG64 Count = UnitsFor(Region, Pages);
    ULONG64 First = (Address - Region->Base) / UnitSize(Region);

    if ((Address < Region->Base) || (First >= Region->Units) || (Count > Region->Units - First)) {
        return FALSE;
    }
    if ((Pages == 0) || (FindFree(Region, First, First + Count, Count) != First)) {
        return FALSE;
    }
    Mark(Region, First, Count, TRUE);
    return TRUE;
}

ULONG64 MiCountFreeUnits(const MI_REGION *Region)
{
    ULONG64 Free = 0;
    ULONG64 Unit;

    for (Unit = 0; Unit < Region->Units; Unit++) {
        Free += !IsUsed(Region, Unit);
    }
    return Free;
}

VOID MiRelease(MI_REGION *Region, ULONG64 Address, ULONG64 Pages)
{
    Mark(Region, (Address - Region->Base) / UnitSize(Region), UnitsFor(Region, Pages), FALSE);
}
