/** @file
  The loader's frames. The kernel goes on with the same source, so it is told the number of the next.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include "Channel.h"

#include <Library/IoLib.h>

#include "HoldfastChannel.h"
#include "hf_uart.h"

//
// QEMU's isa-debug-exit: the machine ends with status (value << 1) | 1.
//
#define DEBUG_EXIT_PORT   0xF4
#define DEBUG_EXIT_FATAL  0x12

STATIC HF_CHANNEL  mChannel = { HfUartPutChannelByte, NULL, 0 };
STATIC HF_FRAME    mFrame;

VOID
BeginFrame (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  )
{
  HfFrameBegin (&mChannel, Frame, Event);
}

VOID
SendFrame (
  IN OUT HF_FRAME  *Frame
  )
{
  HoldfastSendFrame (&mChannel, Frame);
}

UINT32
NextFrameNumber (
  VOID
  )
{
  return mChannel.Sequence;
}

EFI_STATUS
EndFatally (
  IN CONST UINT8  *Nonce   OPTIONAL,
  IN CONST CHAR8  *Reason,
  IN CONST CHAR8  *Detail  OPTIONAL,
  IN UINT64       Status
  )
{
  BeginFrame (&mFrame, "guest.fatal");
  HfFrameText (&mFrame, "reason", Reason);
  if (Detail != NULL) {
    HfFrameText (&mFrame, "detail", Detail);
  }

  HfFrameHex (&mFrame, "status", Status);
  SendFrame (&mFrame);

  BeginFrame (&mFrame, "guest.end");
  HfFrameBytes (&mFrame, "nonce", Nonce, (Nonce == NULL) ? 0 : HF_NONCE_SIZE);
  HfFrameCount (&mFrame, "frames", NextFrameNumber () + 1);
  HfFrameText (&mFrame, "outcome", "fatal");
  HoldfastSendLastFrame (&mChannel, &mFrame);
  IoWrite32 (DEBUG_EXIT_PORT, DEBUG_EXIT_FATAL);
  return EFI_ABORTED;
}
