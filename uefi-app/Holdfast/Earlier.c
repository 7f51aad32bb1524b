/** @file
  The block of an earlier run, before a warm reset of the same machine.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Earlier.h"

#include <Library/BaseMemoryLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "Report.h"
#include "hf_block.h"
#include "hf_place.h"

#define VARIABLE  L"HoldfastEarlier"

#define ATTRIBUTES  (EFI_VARIABLE_NON_VOLATILE | EFI_VARIABLE_BOOTSERVICE_ACCESS)

STATIC EFI_GUID  mVendor = HF_PLACE_VENDOR;
STATIC HF_PLACE  mPlace;

BOOLEAN
EarlierRecall (
  VOID
  )
{
  EFI_STATUS  Status;
  UINTN       Size;

  Size   = sizeof (mPlace);
  Status = gRT->GetVariable (VARIABLE, &mVendor, NULL, &Size, &mPlace);
  if (EFI_ERROR (Status) || (Size != sizeof (mPlace))) {
    return FALSE;
  }

  gRT->SetVariable (VARIABLE, &mVendor, ATTRIBUTES, 0, NULL);
  return TRUE;
}

EFI_STATUS
EarlierCheck (
  IN CONST HF_PLAN  *Plan
  )
{
  HF_BLOCK_IDENTITY  Identity;
  HF_BLOCK_RESULT    Result;
  HF_FRAME           Frame;

  if ((CompareMem (mPlace.Nonce, Plan->Nonce, HF_NONCE_SIZE) != 0) || (mPlace.Bytes != Plan->Pages * HF_PAGE_SIZE)) {
    ReportFailed ("bad-plan", EFI_INVALID_PARAMETER, "the earlier run had another plan");
    return EFI_INVALID_PARAMETER;
  }

  CopyMem (Identity.Nonce, Plan->Nonce, HF_NONCE_SIZE);
  Identity.Pages      = Plan->Pages;
  Identity.Address    = mPlace.Address;
  Identity.MemoryType = Plan->MemoryType;
  HfBlockCheck ((VOID *)(UINTN)mPlace.Address, &Identity, NULL, NULL, &Result);

  ReportBegin (&Frame, "uefi.earlier");
  HfFrameHex (&Frame, "at", mPlace.Address);
  HfFrameCount (&Frame, "pages", Plan->Pages);
  HfFrameCount (&Frame, "intact", Result.Intact);
  HfFrameCrc (&Frame, "crc", Result.Crc);
  ReportSend (&Frame);
  return EFI_SUCCESS;
}

EFI_STATUS
EarlierRemember (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  )
{
  HF_PLACE  Place;

  Place.Address = Address;
  Place.Bytes   = Plan->Pages * HF_PAGE_SIZE;
  CopyMem (Place.Nonce, Plan->Nonce, HF_NONCE_SIZE);
  return gRT->SetVariable (VARIABLE, &mVendor, ATTRIBUTES, sizeof (Place), &Place);
}
