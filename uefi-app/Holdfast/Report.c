/** @file
  What the application says on the channel.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Report.h"

#include <Library/PrintLib.h>
#include <Library/UefiBootServicesTableLib.h>

#include "HoldfastChannel.h"
#include "hf_uart.h"

#define APPLICATION_VERSION  "1.0"

//
// Characters of the firmware vendor's name that a frame carries.
//
#define VENDOR_MAX  48

#define SOURCE        "uefi"
#define SOURCE_AGAIN  "again"

//
// Characters of the longest event.
//
#define EVENT_MAX  64

STATIC HF_CHANNEL  mChannel = { HfUartPutChannelByte, NULL, 0 };
STATIC BOOLEAN     mAgain;

VOID
ReportBegin (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  )
{
  CHAR8  Name[EVENT_MAX + 1];

  if (mAgain) {
    AsciiSPrint (Name, sizeof (Name), "%a%a", SOURCE_AGAIN, Event + sizeof (SOURCE) - 1);
    Event = Name;
  }

  HfFrameBegin (&mChannel, Frame, Event);
}

VOID
ReportSend (
  IN OUT HF_FRAME  *Frame
  )
{
  HoldfastSendFrame (&mChannel, Frame);
}

/**
  Makes ASCII of the firmware's UCS-2 vendor name.

  @param[out]  Vendor  NUL-terminated.
**/
STATIC
VOID
VendorName (
  OUT CHAR8  Vendor[VENDOR_MAX + 1]
  )
{
  CONST CHAR16  *Name;
  UINTN         Index;

  Name = gST->FirmwareVendor;
  for (Index = 0; (Name != NULL) && (Index < VENDOR_MAX) && (Name[Index] != L'\0'); Index++) {
    Vendor[Index] = (Name[Index] < 0x7F) ? (CHAR8)Name[Index] : '?';
  }

  Vendor[Index] = '\0';
}

VOID
ReportReady (
  IN BOOLEAN  Again
  )
{
  HF_FRAME  Frame;
  CHAR8     Vendor[VENDOR_MAX + 1];

  mAgain = Again;
  HfUartInitialize (HF_UART_COM2);
  VendorName (Vendor);
  ReportBegin (&Frame, "uefi.ready");
  HfFrameText (&Frame, "version", APPLICATION_VERSION);
  HfFrameText (&Frame, "firmware", Vendor);
  HfFrameHex (&Frame, "revision", gST->FirmwareRevision);
  ReportSend (&Frame);
}

VOID
ReportFailed (
  IN CONST CHAR8  *Reason,
  IN EFI_STATUS   Status,
  IN CONST CHAR8  *Detail OPTIONAL
  )
{
  HF_FRAME  Frame;

  ReportBegin (&Frame, "uefi.failed");
  HfFrameText (&Frame, "reason", Reason);
  HfFrameHex (&Frame, "status", Status);
  if (Detail != NULL) {
    HfFrameText (&Frame, "detail", Detail);
  }

  ReportSend (&Frame);
}

/**
  Begins a closing frame: the nonce, and how many frames there were with this one.

  @param[out]  Frame   The frame.
  @param[in]   Event   Its event.
  @param[in]   Plan    The plan, or NULL where none could be read.
  @param[in]   Status  How it went.
**/
STATIC
VOID
BeginClosing (
  OUT HF_FRAME       *Frame,
  IN  CONST CHAR8    *Event,
  IN  CONST HF_PLAN  *Plan OPTIONAL,
  IN  EFI_STATUS     Status
  )
{
  ReportBegin (Frame, Event);
  HfFrameBytes (Frame, "nonce", (Plan == NULL) ? NULL : Plan->Nonce, (Plan == NULL) ? 0 : HF_NONCE_SIZE);
  HfFrameCount (Frame, "frames", mChannel.Sequence + 1);
  HfFrameHex (Frame, "status", Status);
}

VOID
ReportHandover (
  IN CONST HF_PLAN  *Plan
  )
{
  HF_FRAME  Frame;

  BeginClosing (&Frame, "uefi.handover", Plan, EFI_SUCCESS);
  ReportSend (&Frame);
}

VOID
ReportEnd (
  IN CONST HF_PLAN  *Plan OPTIONAL,
  IN EFI_STATUS     Status
  )
{
  HF_FRAME  Frame;

  BeginClosing (&Frame, "uefi.end", Plan, Status);
  HoldfastSendLastFrame (&mChannel, &Frame);
}
