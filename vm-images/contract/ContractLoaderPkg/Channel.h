/** @file
  The loader's frames, and its way out where it cannot go on.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef CHANNEL_H_
#define CHANNEL_H_

#include <Uefi.h>

#include "hf_frame.h"

/**
  Begins a frame of source "guest".
**/
VOID
BeginFrame (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  );

/**
  Sends a frame and counts it.
**/
VOID
SendFrame (
  IN OUT HF_FRAME  *Frame
  );

/**
  The number that the next frame will have: where the kernel goes on.
**/
UINT32
NextFrameNumber (
  VOID
  );

/**
  Says guest.fatal and guest.end, waits for the harness and leaves the machine.

  @param[in] Nonce   The plan's nonce, NULL where no plan was readable.
  @param[in] Reason  A word.
  @param[in] Detail  What it was about, NULL for nothing.
  @param[in] Status  NTSTATUS or EFI_STATUS.

  @return EFI_ABORTED, on a machine without isa-debug-exit.
**/
EFI_STATUS
EndFatally (
  IN CONST UINT8  *Nonce   OPTIONAL,
  IN CONST CHAR8  *Reason,
  IN CONST CHAR8  *Detail  OPTIONAL,
  IN UINT64       Status
  );

#endif
