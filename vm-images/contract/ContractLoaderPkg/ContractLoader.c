/** @file
  The NT contract guest's loader: what winload is to ntoskrnl.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include <Library/BaseLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "Authenticode.h"
#include "BootKernel.h"
#include "Channel.h"
#include "Files.h"
#include "HoldfastLaunch.h"
#include "NtStatus.h"
#include "hf_fwcfg.h"

#define GUEST_KIND     "contract"
#define GUEST_MODEL    1
#define GUEST_VERSION  "0.1.0"

///
/// Why the guest ends before it has begun. Said when there is a nonce to say it with.
///
typedef struct {
  CONST CHAR8    *Reason;    ///< NULL where there is no failure.
  CONST CHAR8    *Detail;
  UINT64         Status;     ///< NTSTATUS or EFI_STATUS.
} FAILURE;

STATIC HOLDFAST_LAUNCH_PROTOCOL  *mLaunch;
STATIC CONST HF_PLAN             *mPlan;
STATIC CHAR8                     mDriverPath[HF_PLAN_TEXT_SIZE];
STATIC LOADER_INPUT              mInput;
STATIC SIGNATURE_VERDICT         mVerdict;
STATIC KERNEL_WORLD              mWorld;
STATIC FAILURE                   mFailure;
STATIC HF_FRAME                  mFrame;

STATIC
VOID
SayStart (
  VOID
  )
{
  BeginFrame (&mFrame, "guest.start");
  HfFrameText (&mFrame, "kind", GUEST_KIND);
  HfFrameCount (&mFrame, "model", GUEST_MODEL);
  HfFrameText (&mFrame, "version", GUEST_VERSION);
  SendFrame (&mFrame);
}

STATIC
VOID
SaySignature (
  VOID
  )
{
  BeginFrame (&mFrame, "guest.signature");
  HfFrameHex (&mFrame, "status", mVerdict.Status);
  HfFrameText (&mFrame, "reason", mVerdict.Reason);
  SendFrame (&mFrame);
}

STATIC
VOID
Fail (
  IN CONST CHAR8  *Reason,
  IN CONST CHAR8  *Detail OPTIONAL,
  IN UINT64       Status
  )
{
  mFailure.Reason = Reason;
  mFailure.Detail = Detail;
  mFailure.Status = Status;
}

/**
  Reads the plan as the UEFI application would have.
**/
STATIC
VOID
ReadPlan (
  VOID
  )
{
  STATIC CHAR8    Text[HF_PLAN_MAX];
  STATIC HF_PLAN  Plan;
  HF_SIZE         Size;
  HF_UINT32       Line;
  HF_PLAN_RESULT  Result;

  if (HfFwCfgRead (HF_PLAN_FILE, Text, sizeof (Text), &Size) != HfFwCfgFound) {
    Fail ("no-plan", NULL, EFI_NOT_FOUND);
    return;
  }

  Result = HfPlanParse (Text, Size, &Plan, &Line);
  if (Result != HfPlanSound) {
    Fail ("bad-plan", HfPlanResultName (Result), EFI_INVALID_PARAMETER);
    return;
  }

  mPlan = &Plan;
}

/**
  Takes what is known of the plan: from the UEFI application that started this loader so as to be called back, or from
  where it comes.
**/
STATIC
VOID
FindPlan (
  VOID
  )
{
  if (EFI_ERROR (gBS->LocateProtocol (&gHoldfastLaunchProtocolGuid, NULL, (VOID **)&mLaunch))) {
    mLaunch = NULL;
    ReadPlan ();
    return;
  }

  if (mLaunch->PlanSize != sizeof (HF_PLAN)) {
    Fail ("bad-plan", "the UEFI application is of another build", EFI_INCOMPATIBLE_VERSION);
    return;
  }

  mPlan = mLaunch->Plan;
}

STATIC
VOID
ReadFiles (
  IN EFI_HANDLE  ImageHandle
  )
{
  EFI_STATUS  Status;

  Status = ReadSiblingFile (ImageHandle, L"kernel.exe", &mInput.Kernel);
  if (EFI_ERROR (Status)) {
    Fail ("no-kernel", "kernel.exe", Status);
    return;
  }

  Status = ReadSiblingFile (ImageHandle, L"trusted.cer", &mInput.Trusted);
  if (EFI_ERROR (Status)) {
    Fail ("no-certificate", "trusted.cer", Status);
    return;
  }

  Status = ReadFileByPath (ImageHandle, mDriverPath, &mInput.Driver);
  if (EFI_ERROR (Status)) {
    Fail ("no-driver", mDriverPath, Status);
  }
}

/**
  Does all that needs no more of the plan than the driver's path.
**/
STATIC
VOID
Prepare (
  IN EFI_HANDLE  ImageHandle
  )
{
  EFI_STATUS  Status;

  AsciiStrCpyS (mDriverPath, sizeof (mDriverPath), mPlan->DriverPath);
  ReadFiles (ImageHandle);
  if (mFailure.Reason != NULL) {
    return;
  }

  if (!CheckDriverSignature (&mInput.Driver, &mInput.Trusted, &mVerdict)) {
    Fail ("driver-not-pe", mDriverPath, NT_STATUS_INVALID_IMAGE_FORMAT);
    return;
  }

  Status = PrepareKernel (&mInput, &mWorld);
  if (EFI_ERROR (Status)) {
    Fail ("no-kernel", "kernel.exe", Status);
  }
}

/**
  Says why the guest ends, and ends it.
**/
STATIC
EFI_STATUS
EndWithFailure (
  VOID
  )
{
  return EndFatally ((mPlan == NULL) ? NULL : mPlan->Nonce, mFailure.Reason, mFailure.Detail, mFailure.Status);
}

/**
  Reads the kernel and the driver and checks the driver's signature, has the block reserved, and enters the kernel.

  @retval EFI_ABORTED  The guest ended, and the machine has no isa-debug-exit to leave through.
  @return              The UEFI application could not carry out the plan.
**/
EFI_STATUS
EFIAPI
UefiMain (
  IN EFI_HANDLE        ImageHandle,
  IN EFI_SYSTEM_TABLE  *SystemTable
  )
{
  EFI_STATUS  Status;

  FindPlan ();
  if (mPlan != NULL) {
    Prepare (ImageHandle);
    Status = (mLaunch == NULL) ? EFI_SUCCESS : mLaunch->Proceed (mLaunch);
    if (EFI_ERROR (Status)) {
      return Status;
    }

    if (AsciiStrCmp (mDriverPath, mPlan->DriverPath) != 0) {
      Fail ("bad-plan", "another driver has been prepared", EFI_INVALID_PARAMETER);
    }

    if ((mFailure.Reason == NULL) && !CheckSignatureDate (mPlan, &mVerdict)) {
      Fail ("no-such-model-switch", "date", EFI_INVALID_PARAMETER);
    }
  }

  SayStart ();
  if (mFailure.Reason != NULL) {
    return EndWithFailure ();
  }

  SaySignature ();
  Status = BootKernel (ImageHandle, &mWorld, mPlan, mVerdict.Status);
  Fail ("no-kernel", "kernel.exe", Status);
  return EndWithFailure ();
}
