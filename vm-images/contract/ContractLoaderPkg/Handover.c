/** @file
  The last moments of boot services.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Handover.h"

#include <Library/BaseLib.h>
#include <Library/UefiBootServicesTableLib.h>
#include <Register/Intel/ArchitecturalMsr.h>

//
// ExitBootServices refuses a map that is no longer current; firmware may change it once more in its own notifications.
//
#define EXIT_ATTEMPTS  8

STATIC
EFI_STATUS
LeaveBootServices (
  IN     EFI_HANDLE    ImageHandle,
  IN OUT LOADER_BLOCK  *Block,
  IN     UINTN         MapCapacity
  )
{
  EFI_STATUS  Status;
  UINTN       Attempt;
  UINTN       MapSize;
  UINTN       MapKey;
  UINTN       DescriptorSize;
  UINT32      DescriptorVersion;

  Status = EFI_ABORTED;
  for (Attempt = 0; Attempt < EXIT_ATTEMPTS; Attempt++) {
    MapSize = MapCapacity;
    Status  = gBS->GetMemoryMap (
                     &MapSize,
                     (EFI_MEMORY_DESCRIPTOR *)(UINTN)Block->MemoryMap,
                     &MapKey,
                     &DescriptorSize,
                     &DescriptorVersion
                     );
    if (EFI_ERROR (Status)) {
      break;
    }

    Block->MemoryMapSize  = MapSize;
    Block->DescriptorSize = DescriptorSize;
    Status                = gBS->ExitBootServices (ImageHandle, MapKey);
    if (!EFI_ERROR (Status)) {
      break;
    }
  }

  return Status;
}

EFI_STATUS
EnterKernel (
  IN     EFI_HANDLE    ImageHandle,
  IN OUT LOADER_BLOCK  *Block,
  IN     UINTN         MapCapacity,
  IN     UINT64        EntryPoint,
  IN     UINT64        StackTop
  )
{
  EFI_STATUS                   Status;
  MSR_IA32_EFER_REGISTER       Efer;

  Status = LeaveBootServices (ImageHandle, Block, MapCapacity);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  //
  // Without this the no-execute bits in the new tables are reserved bits, and every access faults.
  //
  Efer.Uint64   = AsmReadMsr64 (MSR_IA32_EFER);
  Efer.Bits.NXE = 1;
  AsmWriteMsr64 (MSR_IA32_EFER, Efer.Uint64);

  SwitchToKernel (Block->PageTables, StackTop, EntryPoint, PHYSICAL_MAP_BASE + (UINT64)(UINTN)Block);
  return EFI_ABORTED;
}
