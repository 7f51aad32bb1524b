/** @file
  The kernel's first page tables.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PAGE_TABLES_H_
#define PAGE_TABLES_H_

#include <Uefi.h>

///
/// Page tables under construction, taken from the arena.
///
typedef struct {
  UINT64    *Root;
  UINT8     *Next;
  UINTN     FreePages;
} PAGE_TABLES;

#define PAGE_PRESENT     BIT0
#define PAGE_WRITE       BIT1
#define PAGE_LARGE       BIT7
#define PAGE_NO_EXECUTE  BIT63

/**
  An upper bound of the tables that the kernel's address space takes.

  @param[in] RamTop       The end of RAM.
  @param[in] KernelPages  Pages of the kernel's image.
**/
UINTN
CountPageTables (
  IN UINT64  RamTop,
  IN UINTN   KernelPages
  );

/**
  Maps one 4 KiB page.
**/
EFI_STATUS
MapPage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  );

/**
  Maps one 2 MiB page; mapping it twice is no error.
**/
EFI_STATUS
MapLargePage (
  IN OUT PAGE_TABLES  *Tables,
  IN     UINT64       VirtualAddress,
  IN     UINT64       PhysicalAddress,
  IN     UINT64       Flags
  );

/**
  The end of the RAM that a memory map describes.
**/
UINT64
FindRamTop (
  IN CONST VOID  *MemoryMap,
  IN UINTN       MapSize,
  IN UINTN       DescriptorSize
  );

/**
  Maps all RAM at PHYSICAL_MAP_BASE, writable and not executable.
**/
EFI_STATUS
MapRam (
  IN OUT PAGE_TABLES  *Tables,
  IN     CONST VOID   *MemoryMap,
  IN     UINTN        MapSize,
  IN     UINTN        DescriptorSize
  );

#endif
