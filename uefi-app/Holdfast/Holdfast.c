/** @file
  The application: reads the plan, reserves and fills the block, chain-loads the guest.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include <Uefi.h>

#include <Library/UefiBootServicesTableLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "ChainLoad.h"
#include "MemoryMap.h"
#include "Plan.h"
#include "Report.h"
#include "Reserve.h"

STATIC HF_PLAN  mPlan;

/**
  Carries out the plan as far as the guest's start.

  @param[in]  ImageHandle  This application's own image.

  @return  Why there is no guest.
**/
STATIC
EFI_STATUS
CarryOut (
  IN EFI_HANDLE  ImageHandle
  )
{
  EFI_PHYSICAL_ADDRESS  Address;
  EFI_STATUS            Status;

  Status = ReserveBlock (&mPlan, &Address);
  if (EFI_ERROR (Status)) {
    ReportFailed ("reserve", Status, NULL);
    return Status;
  }

  FillBlock (&mPlan, Address);
  ReportMemoryMap ();
  return ChainLoad (ImageHandle, &mPlan);
}

/**
  The entry point. Returns to no boot manager: its prompt would look like a machine that hangs.

  @param[in]  ImageHandle  This application's own image.
  @param[in]  SystemTable  The system table.

  @return  Never.
**/
EFI_STATUS
EFIAPI
UefiMain (
  IN EFI_HANDLE        ImageHandle,
  IN EFI_SYSTEM_TABLE  *SystemTable
  )
{
  EFI_STATUS  Status;
  BOOLEAN     HasPlan;

  //
  // The firmware's five-minute watchdog would reset a machine that waits for its plan.
  //
  gBS->SetWatchdogTimer (0, 0, 0, NULL);
  ReportReady ();
  Status  = PlanRead (&mPlan);
  HasPlan = (BOOLEAN)!EFI_ERROR (Status);
  if (HasPlan) {
    Status = CarryOut (ImageHandle);
  }

  ReportClosing ("uefi.end", HasPlan ? &mPlan : NULL, Status);
  ReportAwaitAck ();
  gRT->ResetSystem (EfiResetShutdown, Status, 0, NULL);
  return Status;
}
