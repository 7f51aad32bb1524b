/** @file
  The last moments of boot services.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef HANDOVER_H_
#define HANDOVER_H_

#include <Uefi.h>

#include "LoaderBlock.h"

/**
  Leaves boot services and enters the kernel.

  @param[in]     ImageHandle  This application.
  @param[in,out] Block        In the arena; completed with the final memory map.
  @param[in]     MapCapacity  Bytes at Block->MemoryMap.
  @param[in]     EntryPoint   The kernel's, virtual.
  @param[in]     StackTop     Virtual.

  @return Why boot services could not be left; otherwise this does not return.
**/
EFI_STATUS
EnterKernel (
  IN     EFI_HANDLE    ImageHandle,
  IN OUT LOADER_BLOCK  *Block,
  IN     UINTN         MapCapacity,
  IN     UINT64        EntryPoint,
  IN     UINT64        StackTop
  );

VOID
EFIAPI
SwitchToKernel (
  IN UINT64  PageTableRoot,
  IN UINT64  StackTop,
  IN UINT64  EntryPoint,
  IN UINT64  LoaderBlock
  );

#endif
