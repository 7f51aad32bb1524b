/** @file
  What the application says on the channel.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Report.h"

#include <Library/UefiBootServicesTableLib.h>

#include "hf_uart.h"

#define APPLICATION_VERSION  "1.0"

//
// Characters of the firmware vendor's name that a frame carries.
//
#define VENDOR_MAX  48

HF_CHANNEL  gChannel = { HfUartPutChannelByte, NULL, 0 };

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
  VOID
  )
{
  HF_FRAME  Frame;
  CHAR8     Vendor[VENDOR_MAX + 1];

  HfUartInitialize (HF_UART_COM2);
  VendorName (Vendor);
  HfFrameBegin (&gChannel, &Frame, "uefi.ready");
  HfFrameText (&Frame, "version", APPLICATION_VERSION);
  HfFrameText (&Frame, "firmware", Vendor);
  HfFrameHex (&Frame, "revision", gST->FirmwareRevision);
  HfFrameSend (&gChannel, &Frame);
}

VOID
ReportFailed (
  IN CONST CHAR8  *Reason,
  IN EFI_STATUS   Status,
  IN CONST CHAR8  *Detail OPTIONAL
  )
{
  HF_FRAME  Frame;

  HfFrameBegin (&gChannel, &Frame, "uefi.failed");
  HfFrameText (&Frame, "reason", Reason);
  HfFrameHex (&Frame, "status", Status);
  if (Detail != NULL) {
    HfFrameText (&Frame, "detail", Detail);
  }

  HfFrameSend (&gChannel, &Frame);
}

VOID
ReportClosing (
  IN CONST CHAR8    *Event,
  IN CONST HF_PLAN  *Plan OPTIONAL,
  IN EFI_STATUS     Status
  )
{
  HF_FRAME  Frame;

  HfFrameBegin (&gChannel, &Frame, Event);
  HfFrameBytes (&Frame, "nonce", (Plan == NULL) ? NULL : Plan->Nonce, (Plan == NULL) ? 0 : HF_NONCE_SIZE);
  HfFrameCount (&Frame, "frames", gChannel.Sequence + 1);
  HfFrameHex (&Frame, "status", Status);
  HfFrameSend (&gChannel, &Frame);
}
