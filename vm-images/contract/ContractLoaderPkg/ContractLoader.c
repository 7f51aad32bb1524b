/** @file
  The NT contract guest's loader: what winload is to ntoskrnl.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "ContractLoader.h"

#include "hf_fwcfg.h"

#define GUEST_KIND     "contract"
#define GUEST_MODEL    1
#define GUEST_VERSION  "0.1.0"

STATIC LOADER_INPUT  mInput;
STATIC HF_FRAME      mFrame;

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
  IN CONST SIGNATURE_VERDICT  *Verdict
  )
{
  BeginFrame (&mFrame, "guest.signature");
  HfFrameHex (&mFrame, "status", Verdict->Status);
  HfFrameText (&mFrame, "reason", Verdict->Reason);
  SendFrame (&mFrame);
}

STATIC
EFI_STATUS
ReadPlan (
  VOID
  )
{
  HF_FWCFG_RESULT  Found;
  HF_PLAN_RESULT   Result;
  HF_UINT32        Line;

  Found = HfFwCfgRead (HF_PLAN_FILE, mInput.PlanText, sizeof (mInput.PlanText), &mInput.PlanSize);
  if (Found != HfFwCfgFound) {
    return EndFatally (NULL, "no-plan", NULL, EFI_NOT_FOUND);
  }

  Result = HfPlanParse (mInput.PlanText, mInput.PlanSize, &mInput.Plan, &Line);
  if (Result != HfPlanSound) {
    return EndFatally (NULL, "bad-plan", HfPlanResultName (Result), EFI_INVALID_PARAMETER);
  }

  return EFI_SUCCESS;
}

STATIC
EFI_STATUS
ReadFiles (
  IN EFI_HANDLE  ImageHandle
  )
{
  EFI_STATUS  Status;

  Status = ReadSiblingFile (ImageHandle, L"kernel.exe", &mInput.Kernel);
  if (EFI_ERROR (Status)) {
    return EndFatally (mInput.Plan.Nonce, "no-kernel", "kernel.exe", Status);
  }

  Status = ReadSiblingFile (ImageHandle, L"trusted.cer", &mInput.Trusted);
  if (EFI_ERROR (Status)) {
    return EndFatally (mInput.Plan.Nonce, "no-certificate", "trusted.cer", Status);
  }

  Status = ReadFileByPath (ImageHandle, mInput.Plan.DriverPath, &mInput.Driver);
  if (EFI_ERROR (Status)) {
    return EndFatally (mInput.Plan.Nonce, "no-driver", mInput.Plan.DriverPath, Status);
  }

  return EFI_SUCCESS;
}

/**
  Reads the plan, the kernel and the driver, checks the driver's signature and enters the kernel.

  @retval EFI_ABORTED  The guest ended, and the machine has no isa-debug-exit to leave through.
**/
EFI_STATUS
EFIAPI
UefiMain (
  IN EFI_HANDLE        ImageHandle,
  IN EFI_SYSTEM_TABLE  *SystemTable
  )
{
  EFI_STATUS         Status;
  SIGNATURE_VERDICT  Verdict;

  SayStart ();
  Status = ReadPlan ();
  if (EFI_ERROR (Status)) {
    return Status;
  }

  Status = ReadFiles (ImageHandle);
  if (EFI_ERROR (Status)) {
    return Status;
  }

  if (!CheckDriverSignature (&mInput.Driver, &mInput.Trusted, &Verdict)) {
    return EndFatally (
             mInput.Plan.Nonce,
             "driver-not-pe",
             mInput.Plan.DriverPath,
             NT_STATUS_INVALID_IMAGE_FORMAT
             );
  }

  SaySignature (&Verdict);
  Status = BootKernel (ImageHandle, &mInput, Verdict.Status);
  return EndFatally (mInput.Plan.Nonce, "no-kernel", "kernel.exe", Status);
}
