/** @file
  The kernel's world, arena, loader block and page tables: laid out before there is a plan, entered with one.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "BootKernel.h"

#include <Guid/Acpi.h>
#include <Library/BaseMemoryLib.h>
#include <Library/MemoryAllocationLib.h>
#include <Library/UefiBootServicesTableLib.h>
#include <Library/UefiLib.h>

#include "Arena.h"
#include "Channel.h"
#include "Handover.h"

//
// Pages for the kernel's first stack, and for a memory map that may still grow when boot services end.
//
#define STACK_PAGES       8
#define MEMORY_MAP_PAGES  16

/**
  The end of RAM, for the number of page tables.
**/
STATIC
EFI_STATUS
MeasureRam (
  OUT UINT64  *RamTop
  )
{
  EFI_STATUS  Status;
  VOID        *MemoryMap;
  UINTN       MapSize;
  UINTN       MapKey;
  UINTN       DescriptorSize;
  UINT32      DescriptorVersion;

  MapSize   = EFI_PAGES_TO_SIZE (MEMORY_MAP_PAGES);
  MemoryMap = AllocatePool (MapSize);
  if (MemoryMap == NULL) {
    return EFI_OUT_OF_RESOURCES;
  }

  Status = gBS->GetMemoryMap (&MapSize, MemoryMap, &MapKey, &DescriptorSize, &DescriptorVersion);
  if (!EFI_ERROR (Status)) {
    *RamTop = FindRamTop (MemoryMap, MapSize, DescriptorSize);
  }

  FreePool (MemoryMap);
  return Status;
}

/**
  The ACPI tables' root, as the firmware installed it; the newer one where there are two.

  @return Physical address, 0 where there is none.
**/
STATIC
UINT64
FindAcpiRsdp (
  VOID
  )
{
  VOID  *Rsdp;

  if (!EFI_ERROR (EfiGetSystemConfigurationTable (&gEfiAcpi20TableGuid, &Rsdp))) {
    return (UINT64)(UINTN)Rsdp;
  }

  if (!EFI_ERROR (EfiGetSystemConfigurationTable (&gEfiAcpi10TableGuid, &Rsdp))) {
    return (UINT64)(UINTN)Rsdp;
  }

  return 0;
}

/**
  Fills the arena: the loader block with all that it points at. The page tables stay empty.

  @param[in]  TablePages  Pages for the page tables.
  @param[out] World       Its block, its kernel and its stack.

  @return EFI_SUCCESS, or why the kernel cannot be loaded.
**/
STATIC
EFI_STATUS
BuildLoaderBlock (
  IN     LOADER_INPUT  *Input,
  IN OUT ARENA         *Arena,
  IN     UINTN         TablePages,
  OUT    KERNEL_WORLD  *World
  )
{
  EFI_STATUS    Status;
  LOADER_BLOCK  *Block;

  Status = LoadKernelImage (&Input->Kernel, Arena, &World->Kernel);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  //
  // The arena was sized for exactly these, so none of them comes back empty.
  //
  Block                  = (LOADER_BLOCK *)(UINTN)TakePages (Arena, 1);
  Block->Version         = LOADER_BLOCK_VERSION;
  Block->Size            = sizeof (*Block);
  Block->ArenaBase       = Arena->Base;
  Block->ArenaPages      = Arena->Pages;
  Block->KernelImage     = World->Kernel.Base;
  Block->KernelImageSize = World->Kernel.Size;
  Block->PageTables      = TakePages (Arena, TablePages);
  Block->PageTablePages  = TablePages;
  Block->MemoryMap       = TakePages (Arena, MEMORY_MAP_PAGES);
  Block->Plan            = TakePages (Arena, EFI_SIZE_TO_PAGES (sizeof (HF_PLAN)));
  Block->PlanSize        = sizeof (HF_PLAN);
  Block->DriverFile      = CopyToArena (Arena, Input->Driver.Data, Input->Driver.Size);
  Block->DriverFileSize  = Input->Driver.Size;
  World->Block           = Block;
  World->StackTop        = PHYSICAL_MAP_BASE + TakePages (Arena, STACK_PAGES) + EFI_PAGES_TO_SIZE (STACK_PAGES);
  return EFI_SUCCESS;
}

/**
  Maps the kernel, and the code that switches to it at its own address.
**/
STATIC
EFI_STATUS
BuildPageTables (
  IN  CONST LOADER_BLOCK  *Block,
  IN  CONST KERNEL_IMAGE  *Kernel,
  OUT PAGE_TABLES         *Tables
  )
{
  EFI_STATUS  Status;
  UINT64      Code;

  Tables->Root      = (UINT64 *)(UINTN)Block->PageTables;
  Tables->Next      = (UINT8 *)Tables->Root + EFI_PAGE_SIZE;
  Tables->FreePages = (UINTN)Block->PageTablePages - 1;

  Status = MapKernelImage (Kernel, Tables);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Code   = (UINT64)(UINTN)SwitchToKernel & ~(UINT64)(SIZE_2MB - 1);
  Status = MapLargePage (Tables, Code, Code, PAGE_PRESENT);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Code = ((UINT64)(UINTN)SwitchToKernel + EFI_PAGE_SIZE) & ~(UINT64)(SIZE_2MB - 1);
  return MapLargePage (Tables, Code, Code, PAGE_PRESENT);
}

/**
  Maps RAM by the map as it is now. What changes until ExitBootServices is the types of descriptors, not where RAM lies.
**/
STATIC
EFI_STATUS
MapRamAsDescribed (
  IN     CONST LOADER_BLOCK  *Block,
  IN OUT PAGE_TABLES         *Tables
  )
{
  EFI_STATUS  Status;
  UINTN       MapSize;
  UINTN       MapKey;
  UINTN       DescriptorSize;
  UINT32      DescriptorVersion;

  MapSize = EFI_PAGES_TO_SIZE (MEMORY_MAP_PAGES);
  Status  = gBS->GetMemoryMap (
                   &MapSize,
                   (EFI_MEMORY_DESCRIPTOR *)(UINTN)Block->MemoryMap,
                   &MapKey,
                   &DescriptorSize,
                   &DescriptorVersion
                   );
  if (EFI_ERROR (Status)) {
    return Status;
  }

  return MapRam (Tables, (VOID *)(UINTN)Block->MemoryMap, MapSize, DescriptorSize);
}

EFI_STATUS
PrepareKernel (
  IN  LOADER_INPUT  *Input,
  OUT KERNEL_WORLD  *World
  )
{
  EFI_STATUS  Status;
  UINT64      RamTop;
  UINTN       KernelPages;
  UINTN       TablePages;
  ARENA       Arena;

  Status = GetKernelPages (&Input->Kernel, &KernelPages);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = MeasureRam (&RamTop);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  TablePages = CountPageTables (RamTop, KernelPages);
  Status     = AllocateArena (
                 KernelPages + 1 + TablePages + MEMORY_MAP_PAGES + EFI_SIZE_TO_PAGES (sizeof (HF_PLAN)) +
                 EFI_SIZE_TO_PAGES (Input->Driver.Size) + STACK_PAGES,
                 &Arena
                 );
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = BuildLoaderBlock (Input, &Arena, TablePages, World);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  return BuildPageTables (World->Block, &World->Kernel, &World->Tables);
}

EFI_STATUS
BootKernel (
  IN     EFI_HANDLE     ImageHandle,
  IN OUT KERNEL_WORLD   *World,
  IN     CONST HF_PLAN  *Plan,
  IN     UINT32         SignatureStatus
  )
{
  LOADER_BLOCK  *Block;
  EFI_STATUS    Status;

  Block  = World->Block;
  Status = MapRamAsDescribed (Block, &World->Tables);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  CopyMem ((VOID *)(UINTN)Block->Plan, Plan, sizeof (*Plan));
  Block->RuntimeServices = (UINT64)(UINTN)gST->RuntimeServices;
  Block->AcpiRsdp        = FindAcpiRsdp ();
  Block->SignatureStatus = SignatureStatus;
  Block->FrameSequence   = NextFrameNumber ();
  return EnterKernel (
           ImageHandle,
           Block,
           EFI_PAGES_TO_SIZE (MEMORY_MAP_PAGES),
           World->Kernel.EntryPoint,
           World->StackTop
           );
}
