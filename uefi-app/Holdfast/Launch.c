/** @file
  The order of things: the block is reserved and filled, and the guest started.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Launch.h"

#include <Library/BaseLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "ChainLoad.h"
#include "Earlier.h"
#include "HoldfastLaunch.h"
#include "MemoryMap.h"
#include "Plan.h"
#include "Publish.h"
#include "Report.h"
#include "Reserve.h"

STATIC
EFI_STATUS
EFIAPI
Proceed (
  IN HOLDFAST_LAUNCH_PROTOCOL  *This
  );

STATIC HF_PLAN                   *mPlan;
STATIC BOOLEAN                   *mComplete;
STATIC EFI_STATUS                mFailure;
STATIC HOLDFAST_LAUNCH_PROTOCOL  mLaunch = { sizeof (HF_PLAN), NULL, Proceed };

/**
  Waits for the plan where it is not there yet.

  @return  EFI_SUCCESS, or what is wrong with it, which has been said.
**/
STATIC
EFI_STATUS
CompletePlan (
  VOID
  )
{
  CHAR8       Loader[HF_PLAN_TEXT_SIZE];
  EFI_STATUS  Status;

  if (*mComplete) {
    return EFI_SUCCESS;
  }

  AsciiStrCpyS (Loader, sizeof (Loader), mPlan->GuestLoader);
  Status = PlanAwait (mPlan);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  *mComplete = TRUE;
  if ((mPlan->GuestStart == HfGuestStartsFirst) && (AsciiStrCmp (Loader, mPlan->GuestLoader) != 0)) {
    ReportFailed ("bad-plan", EFI_INVALID_PARAMETER, "another loader has been prepared");
    return EFI_INVALID_PARAMETER;
  }

  return EFI_SUCCESS;
}

/**
  Puts the block in its place and says what the memory map then is.

  @return  EFI_SUCCESS, or why it could not be reserved, which has been said.
**/
STATIC
EFI_STATUS
PlaceBlock (
  VOID
  )
{
  EFI_PHYSICAL_ADDRESS  Address;
  EFI_STATUS            Status;

  Status = ReserveBlock (mPlan, &Address);
  if (EFI_ERROR (Status)) {
    ReportFailed ("reserve", Status, NULL);
    return Status;
  }

  FillBlock (mPlan, Address);
  PublishPlace (mPlan, Address);
  if (mPlan->Reboot == HfRebootReset) {
    Status = EarlierRemember (mPlan, Address);
    if (EFI_ERROR (Status)) {
      ReportFailed ("no-variable", Status, "no word can be left for the run after the reset");
      return Status;
    }
  }

  ReportMemoryMap ();
  return EFI_SUCCESS;
}

/**
  Says why the loader could not be loaded, or which of its files not be had.
**/
STATIC
VOID
ReportLoadFailure (
  IN EFI_STATUS   Status,
  IN CONST CHAR8  *Path
  )
{
  ReportFailed ((Status == EFI_NOT_FOUND) ? "loader-missing" : "loader-refused", Status, Path);
}

/**
  Starts the loader. A guest never returns, and a loader only where it has failed.

  @return  Why; this has been said.
**/
STATIC
EFI_STATUS
StartLoader (
  IN EFI_HANDLE  Loader
  )
{
  EFI_STATUS  Status;

  Status = gBS->StartImage (Loader, NULL, NULL);
  if (EFI_ERROR (mFailure)) {
    return mFailure;
  }

  ReportFailed ("loader-returned", Status, mPlan->GuestLoader);
  return EFI_ERROR (Status) ? Status : EFI_ABORTED;
}

STATIC
EFI_STATUS
EFIAPI
Proceed (
  IN HOLDFAST_LAUNCH_PROTOCOL  *This
  )
{
  mFailure = CompletePlan ();
  if (!EFI_ERROR (mFailure)) {
    mFailure = PlaceBlock ();
  }

  if (!EFI_ERROR (mFailure)) {
    ReportHandover (mPlan);
  }

  return mFailure;
}

/**
  A guest that prepares itself: its loader runs first and calls Proceed.
**/
STATIC
EFI_STATUS
LaunchFirst (
  IN EFI_HANDLE  ImageHandle
  )
{
  CONST CHAR8  *Path;
  EFI_HANDLE   Handle;
  EFI_HANDLE   Loader;
  EFI_STATUS   Status;
  EFI_STATUS   Plan;

  Status = ChainLoad (ImageHandle, mPlan, &Loader, &Path);
  if (EFI_ERROR (Status)) {
    //
    // That there is no loader is the plan's end, not the end of waiting for it.
    //
    Plan = CompletePlan ();
    if (EFI_ERROR (Plan)) {
      return Plan;
    }

    ReportLoadFailure (Status, Path);
    return Status;
  }

  Handle        = NULL;
  mLaunch.Plan  = mPlan;
  Status        = gBS->InstallMultipleProtocolInterfaces (&Handle, &gHoldfastLaunchProtocolGuid, &mLaunch, NULL);
  if (EFI_ERROR (Status)) {
    ReportLoadFailure (Status, mPlan->GuestLoader);
    return Status;
  }

  return StartLoader (Loader);
}

/**
  A guest as others build it: everything is in its place when its loader is loaded.
**/
STATIC
EFI_STATUS
LaunchLast (
  IN EFI_HANDLE  ImageHandle
  )
{
  CONST CHAR8  *Path;
  EFI_HANDLE   Loader;
  EFI_STATUS   Status;

  Status = CompletePlan ();
  if (!EFI_ERROR (Status)) {
    Status = PlaceBlock ();
  }

  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = ChainLoad (ImageHandle, mPlan, &Loader, &Path);
  if (EFI_ERROR (Status)) {
    ReportLoadFailure (Status, Path);
    return Status;
  }

  ReportHandover (mPlan);
  return StartLoader (Loader);
}

EFI_STATUS
Launch (
  IN     EFI_HANDLE  ImageHandle,
  IN OUT HF_PLAN     *Plan,
  IN OUT BOOLEAN     *Complete
  )
{
  mPlan     = Plan;
  mComplete = Complete;
  return (Plan->GuestStart == HfGuestStartsFirst) ? LaunchFirst (ImageHandle) : LaunchLast (ImageHandle);
}
