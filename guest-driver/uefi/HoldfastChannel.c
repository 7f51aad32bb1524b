/** @file
  Sends frames with nothing else running.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include <Uefi.h>

#include <Library/UefiBootServicesTableLib.h>

#include "HoldfastChannel.h"
#include "hf_ack.h"

VOID
HoldfastSendFrame (
  IN OUT HF_CHANNEL  *Channel,
  IN OUT HF_FRAME    *Frame
  )
{
  EFI_TPL  OldTpl;

  OldTpl = gBS->RaiseTPL (TPL_HIGH_LEVEL);
  HfFrameSend (Channel, Frame);
  gBS->RestoreTPL (OldTpl);
}

VOID
HoldfastSendLastFrame (
  IN OUT HF_CHANNEL  *Channel,
  IN OUT HF_FRAME    *Frame
  )
{
  EFI_TPL  OldTpl;

  OldTpl = gBS->RaiseTPL (TPL_HIGH_LEVEL);
  HfFrameSend (Channel, Frame);
  HfAckAwait ();
  gBS->RestoreTPL (OldTpl);
}
