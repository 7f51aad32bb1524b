/** @file
  The application: reads the plan, reserves and fills the block, chain-loads the guest.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include <Uefi.h>

#include <Library/UefiBootServicesTableLib.h>
#include <Library/UefiRuntimeServicesTableLib.h>

#include "Earlier.h"
#include "Launch.h"
#include "Plan.h"
#include "Report.h"

STATIC HF_PLAN  mPlan;

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
  BOOLEAN     RanBefore;

  //
  // The firmware's five-minute watchdog would reset a machine that waits for its plan.
  //
  gBS->SetWatchdogTimer (0, 0, 0, NULL);
  RanBefore = EarlierRecall ();
  ReportReady (RanBefore);
  Status  = PlanRead (&mPlan);
  HasPlan = (BOOLEAN)!EFI_ERROR (Status);
  if (RanBefore) {
    Status = HasPlan ? EarlierCheck (&mPlan) : Status;
  } else if (HasPlan || (Status == EFI_NOT_READY)) {
    Status = Launch (ImageHandle, &mPlan, &HasPlan);
  }

  ReportEnd (HasPlan ? &mPlan : NULL, Status);
  gRT->ResetSystem (EfiResetShutdown, Status, 0, NULL);
  return Status;
}
