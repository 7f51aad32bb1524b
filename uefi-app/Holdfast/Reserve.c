/** @file
  How a block comes to its pages.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Reserve.h"

#include <Library/BaseMemoryLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Report.h"
#include "hf_block.h"
#include "hf_crc32c.h"

/**
  Walks the planned addresses and takes the first that AllocatePages gives.

  @param[in]   Plan     The plan.
  @param[in]   Type     The memory type to allocate.
  @param[out]  Address  The address taken, where the result is EFI_SUCCESS.
  @param[out]  Tried    How many addresses were tried.

  @return  What AllocatePages returned last.
**/
STATIC
EFI_STATUS
ReserveFirstFree (
  IN  CONST HF_PLAN         *Plan,
  IN  EFI_MEMORY_TYPE       Type,
  OUT EFI_PHYSICAL_ADDRESS  *Address,
  OUT UINTN                 *Tried
  )
{
  UINT64      Candidate;
  EFI_STATUS  Status;

  Status = EFI_NOT_FOUND;
  *Tried = 0;
  Candidate = Plan->Place.From;
  while (Candidate < Plan->Place.To) {
    *Address = Candidate;
    *Tried  += 1;
    Status   = gBS->AllocatePages (AllocateAddress, Type, (UINTN)Plan->Pages, Address);
    //
    // EFI_NOT_FOUND says that this address is taken. Anything else would be said of every address.
    //
    if (Status != EFI_NOT_FOUND) {
      return Status;
    }

    if (Plan->Place.To - Candidate <= Plan->Place.Step) {
      break;
    }

    Candidate += Plan->Place.Step;
  }

  return Status;
}

/**
  Calls AllocatePages as the placement asks.

  @param[in]   Plan     The plan.
  @param[in]   Type     The memory type to allocate.
  @param[out]  Address  The address taken, where the result is EFI_SUCCESS.
  @param[out]  Tried    How many calls it took.

  @return  What AllocatePages returned last.
**/
STATIC
EFI_STATUS
ReservePages (
  IN  CONST HF_PLAN         *Plan,
  IN  EFI_MEMORY_TYPE       Type,
  OUT EFI_PHYSICAL_ADDRESS  *Address,
  OUT UINTN                 *Tried
  )
{
  *Tried = 1;
  switch (Plan->Placement) {
    case HfPlacementAt:
      *Address = Plan->Place.From;
      return gBS->AllocatePages (AllocateAddress, Type, (UINTN)Plan->Pages, Address);
    case HfPlacementBelow:
      //
      // AllocateMaxAddress takes the highest address that the block may reach, itself included.
      //
      *Address = Plan->Place.To - 1;
      return gBS->AllocatePages (AllocateMaxAddress, Type, (UINTN)Plan->Pages, Address);
    case HfPlacementAny:
      return gBS->AllocatePages (AllocateAnyPages, Type, (UINTN)Plan->Pages, Address);
    case HfPlacementFirstFree:
      return ReserveFirstFree (Plan, Type, Address, Tried);
  }

  return EFI_INVALID_PARAMETER;
}

EFI_STATUS
ReserveBlock (
  IN  CONST HF_PLAN         *Plan,
  OUT EFI_PHYSICAL_ADDRESS  *Address
  )
{
  BOOLEAN          Unreserved;
  EFI_MEMORY_TYPE  Type;
  EFI_STATUS       Status;
  UINTN            Tried;
  HF_FRAME         Frame;

  Unreserved = (BOOLEAN)(Plan->MemoryType == HF_BLOCK_TYPE_UNRESERVED);
  Type       = Unreserved ? EfiLoaderData : (EFI_MEMORY_TYPE)Plan->MemoryType;
  Status     = ReservePages (Plan, Type, Address, &Tried);
  if (!EFI_ERROR (Status) && Unreserved) {
    Status = gBS->FreePages (*Address, (UINTN)Plan->Pages);
  }

  ReportBegin (&Frame, "uefi.reserved");
  HfFrameHex (&Frame, "status", Status);
  if (!EFI_ERROR (Status)) {
    HfFrameHex (&Frame, "at", *Address);
  }

  HfFrameCount (&Frame, "pages", Plan->Pages);
  HfFrameHex (&Frame, "type", Plan->MemoryType);
  HfFrameCount (&Frame, "tried", Tried);
  ReportSend (&Frame);
  return Status;
}

VOID
FillBlock (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  )
{
  HF_BLOCK_IDENTITY  Identity;
  HF_FRAME           Frame;
  VOID               *Block;

  CopyMem (Identity.Nonce, Plan->Nonce, HF_NONCE_SIZE);
  Identity.Pages      = Plan->Pages;
  Identity.Address    = Address;
  Identity.MemoryType = Plan->MemoryType;
  Block               = (VOID *)(UINTN)Address;
  HfBlockFill (Block, &Identity);

  ReportBegin (&Frame, "uefi.filled");
  HfFrameHex (&Frame, "at", Address);
  HfFrameCount (&Frame, "pages", Plan->Pages);
  HfFrameCrc (&Frame, "crc", HfCrc32c (0, Block, (UINTN)Plan->Pages * HF_PAGE_SIZE));
  ReportSend (&Frame);
}
