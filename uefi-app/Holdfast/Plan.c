/** @file
  Where the plan comes from.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Plan.h"

#include <Library/UefiBootServicesTableLib.h>

#include "Report.h"
#include "hf_fwcfg.h"
#include "hf_uart.h"

//
// Static: UEFI promises an application 128 KiB of stack, and leaves open how much of it the firmware has used.
//
STATIC CHAR8  mText[HF_PLAN_MAX];

/**
  Says what is wrong with a plan.

  @param[in]  Result  What HfPlanParse found.
  @param[in]  Line    The line at fault, 0 for the plan as a whole.
**/
STATIC
VOID
ReportBadPlan (
  IN HF_PLAN_RESULT  Result,
  IN UINT32          Line
  )
{
  HF_FRAME  Frame;

  ReportBegin (&Frame, "uefi.failed");
  HfFrameText (&Frame, "reason", "bad-plan");
  HfFrameHex (&Frame, "status", EFI_INVALID_PARAMETER);
  HfFrameText (&Frame, "detail", HfPlanResultName (Result));
  HfFrameCount (&Frame, "line", Line);
  ReportSend (&Frame);
}

/**
  Says which plan will be carried out.

  @param[in]  Plan  The plan.
  @param[in]  Size  Bytes of its text.
**/
STATIC
VOID
ReportPlan (
  IN CONST HF_PLAN  *Plan,
  IN UINTN          Size
  )
{
  HF_FRAME  Frame;

  ReportBegin (&Frame, "uefi.plan");
  HfFrameBytes (&Frame, "nonce", Plan->Nonce, HF_NONCE_SIZE);
  HfFrameText (&Frame, "cell", Plan->Cell);
  HfFrameCount (&Frame, "bytes", Size);
  HfFrameCrc (&Frame, "crc", Plan->Crc);
  ReportSend (&Frame);
}

/**
  Says that the application waits, and waits to be told that there is a plan.

  Nothing else runs meanwhile and fw_cfg is left alone, which keeps a position in what is read: a snapshot taken here has
  no read half done, which a fork would end on another plan's bytes. Without a limit, as nobody knows how long a
  snapshot takes; the harness ends a machine that it does not want to wait.
**/
STATIC
VOID
AwaitWord (
  VOID
  )
{
  HF_FRAME  Frame;
  EFI_TPL   OldTpl;
  UINT8     Byte;

  OldTpl = gBS->RaiseTPL (TPL_HIGH_LEVEL);
  ReportBegin (&Frame, "uefi.waiting");
  ReportSend (&Frame);
  do {
    Byte = 0;
  } while (!HfUartGetByte (HF_UART_COM2, &Byte) || (Byte != HF_UART_GO));

  gBS->RestoreTPL (OldTpl);
}

EFI_STATUS
PlanRead (
  OUT HF_PLAN  *Plan
  )
{
  HF_SIZE         Size;
  HF_UINT32       Line;
  HF_PLAN_RESULT  Result;

  switch (HfFwCfgRead (HF_PLAN_FILE, mText, sizeof (mText), &Size)) {
    case HfFwCfgNoDevice:
      ReportFailed ("no-plan", EFI_NOT_FOUND, "no fw_cfg device");
      return EFI_NOT_FOUND;
    case HfFwCfgNoFile:
      ReportFailed ("no-plan", EFI_NOT_FOUND, HF_PLAN_FILE);
      return EFI_NOT_FOUND;
    case HfFwCfgTooLarge:
      ReportBadPlan (HfPlanTooLong, 0);
      return EFI_BAD_BUFFER_SIZE;
    case HfFwCfgFound:
      break;
  }

  Result = HfPlanParse (mText, Size, Plan, &Line);
  switch (Result) {
    case HfPlanSound:
      ReportPlan (Plan, Size);
      return EFI_SUCCESS;
    case HfPlanWait:
      return EFI_NOT_READY;
    default:
      ReportBadPlan (Result, Line);
      return EFI_INVALID_PARAMETER;
  }
}

EFI_STATUS
PlanAwait (
  OUT HF_PLAN  *Plan
  )
{
  EFI_STATUS  Status;

  do {
    AwaitWord ();
    Status = PlanRead (Plan);
  } while (Status == EFI_NOT_READY);

  return Status;
}
