/** @file
  The kernel's first page tables.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "PageTables.h"

#include <Library/BaseLib.h>

#include "LoaderBlock.h"

#define TABLE_ENTRIES    512
#define TABLE_ADDRESS    0x000FFFFFFFFFF000ULL
#define LARGE_PAGE_SIZE  SIZE_2MB

//
// Levels count from the page table (0) to the root (3).
//
#define LEVEL_TABLE      0
#define LEVEL_DIRECTORY  1
#define LEVEL_ROOT       3

STATIC
UINTN
GetTableIndex (
  IN UINT64  VirtualAddress,
  IN UINTN   Level
  )
{
  return (UINTN)RShiftU64 (VirtualAddress, EFI_PAGE_SHIFT + 9 * Level) & (TABLE_ENTRIES - 1);
}

/**
  Walks down to the entry for an address, adding the tables that are missing.

  @return The entry, NULL where no pages are left.
**/
STATIC
UINT64 *
FindEntry (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINTN        TargetLevel
  )
{
  UINT64  *Table;
  UINT64  *Entry;
  UINTN   Level;

  Table = Tables->Root;
  for (Level = LEVEL_ROOT; Level > TargetLevel; Level--) {
    Entry = &Table[GetTableIndex (VirtualAddress, Level)];
    if (*Entry == 0) {
      if (Tables->FreePages == 0) {
        return NULL;
      }

      *Entry = (UINT64)(UINTN)Tables->Next | PAGE_PRESENT | PAGE_WRITE;
      Tables->Next += EFI_PAGE_SIZE;
      Tables->FreePages--;
    }

    Table = (UINT64 *)(UINTN)(*Entry & TABLE_ADDRESS);
  }

  return &Table[GetTableIndex (VirtualAddress, TargetLevel)];
}

EFI_STATUS
MapPage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  )
{
  UINT64  *Entry;

  Entry = FindEntry (Tables, VirtualAddress, LEVEL_TABLE);
  if (Entry == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  *Entry = PhysicalAddress | Flags;
  return EFI_SUCCESS;
}

EFI_STATUS
MapLargePage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  )
{
  UINT64  *Entry;

  Entry = FindEntry (Tables, VirtualAddress, LEVEL_DIRECTORY);
  if (Entry == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  *Entry = PhysicalAddress | Flags | PAGE_LARGE;
  return EFI_SUCCESS;
}

/**
  Whether a descriptor is memory that may be cached: devices must not be mapped that way, not even by accident.
**/
STATIC
BOOLEAN
IsRam (
  IN CONST EFI_MEMORY_DESCRIPTOR  *Descriptor
  )
{
  return ((Descriptor->Attribute & EFI_MEMORY_WB) != 0) &&
         (Descriptor->Type != EfiMemoryMappedIO) &&
         (Descriptor->Type != EfiMemoryMappedIOPortSpace) &&
         (Descriptor->PhysicalStart < PHYSICAL_MAP_LIMIT);
}

UINT64
FindRamTop (
  IN CONST VOID  *MemoryMap,
  IN UINTN       MapSize,
  IN UINTN       DescriptorSize
  )
{
  CONST EFI_MEMORY_DESCRIPTOR  *Descriptor;
  UINTN                        Offset;
  UINT64                       Top;

  Top = 0;
  for (Offset = 0; Offset < MapSize; Offset += DescriptorSize) {
    Descriptor = (CONST EFI_MEMORY_DESCRIPTOR *)((CONST UINT8 *)MemoryMap + Offset);
    if (IsRam (Descriptor)) {
      Top = MAX (Top, Descriptor->PhysicalStart + EFI_PAGES_TO_SIZE (Descriptor->NumberOfPages));
    }
  }

  return MIN (Top, PHYSICAL_MAP_LIMIT);
}

EFI_STATUS
MapRam (
  IN OUT PAGE_TABLES  *Tables,
  IN     CONST VOID   *MemoryMap,
  IN     UINTN        MapSize,
  IN     UINTN        DescriptorSize
  )
{
  EFI_STATUS                   Status;
  CONST EFI_MEMORY_DESCRIPTOR  *Descriptor;
  UINTN                        Offset;
  UINT64                       Page;
  UINT64                       End;

  Status = EFI_SUCCESS;
  for (Offset = 0; (Offset < MapSize) && !EFI_ERROR (Status); Offset += DescriptorSize) {
    Descriptor = (CONST EFI_MEMORY_DESCRIPTOR *)((CONST UINT8 *)MemoryMap + Offset);
    if (!IsRam (Descriptor)) {
      continue;
    }

    End = MIN (Descriptor->PhysicalStart + EFI_PAGES_TO_SIZE (Descriptor->NumberOfPages), PHYSICAL_MAP_LIMIT);
    for (Page = Descriptor->PhysicalStart & ~(UINT64)(LARGE_PAGE_SIZE - 1); Page < End; Page += LARGE_PAGE_SIZE) {
      Status = MapLargePage (
                 Tables,
                 PHYSICAL_MAP_BASE + Page,
                 Page,
                 PAGE_PRESENT | PAGE_WRITE | PAGE_NO_EXECUTE
                 );
      if (EFI_ERROR (Status)) {
        break;
      }
    }
  }

  return Status;
}

UINTN
CountPageTables (
  IN UINT64  RamTop,
  IN UINTN   KernelPages
  )
{
  UINTN  RamTables;
  UINTN  KernelTables;

  //
  // A directory a GiB and a pointer table each 512 GiB of RAM; for the kernel its page tables, a directory and a
  // pointer table; for the hand-over code two directories and a pointer table, as it may straddle a GiB; the root.
  //
  RamTables    = (UINTN)(RShiftU64 (RamTop, 30) + 1 + RShiftU64 (RamTop, 39) + 1);
  KernelTables = KernelPages / TABLE_ENTRIES + 2 + 2;
  return RamTables + KernelTables + 3 + 1;
}
