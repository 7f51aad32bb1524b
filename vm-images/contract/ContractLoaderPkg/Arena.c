/** @file
  The pages that survive the hand-over.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Arena.h"

#include <Library/BaseMemoryLib.h>
#include <Library/UefiBootServicesTableLib.h>

EFI_STATUS
AllocateArena (
  IN  UINTN  Pages,
  OUT ARENA  *Arena
  )
{
  EFI_STATUS  Status;

  //
  // AllocateAnyPages takes from the top of memory, far from the low addresses that tests are about.
  //
  Status = gBS->AllocatePages (AllocateAnyPages, EfiLoaderData, Pages, &Arena->Base);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Arena->Pages     = Pages;
  Arena->UsedPages = 0;
  ZeroMem ((VOID *)(UINTN)Arena->Base, EFI_PAGES_TO_SIZE (Pages));
  return EFI_SUCCESS;
}

EFI_PHYSICAL_ADDRESS
TakePages (
  IN OUT ARENA  *Arena,
  IN     UINTN  Pages
  )
{
  EFI_PHYSICAL_ADDRESS  Address;

  if (Pages > Arena->Pages - Arena->UsedPages) {
    return 0;
  }

  Address           = Arena->Base + EFI_PAGES_TO_SIZE (Arena->UsedPages);
  Arena->UsedPages += Pages;
  return Address;
}

EFI_PHYSICAL_ADDRESS
CopyToArena (
  IN OUT ARENA       *Arena,
  IN     CONST VOID  *Data,
  IN     UINTN       Size
  )
{
  EFI_PHYSICAL_ADDRESS  Address;

  Address = TakePages (Arena, EFI_SIZE_TO_PAGES (Size));
  if (Address != 0) {
    CopyMem ((VOID *)(UINTN)Address, Data, Size);
  }

  return Address;
}
