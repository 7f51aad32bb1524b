/** @file
  What the application says on the channel.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef REPORT_H_
#define REPORT_H_

#include <Uefi.h>

#include "hf_frame.h"
#include "hf_plan.h"

/**
  Starts the next frame.

  @param[out]  Frame  The frame.
  @param[in]   Event  Its event.
**/
VOID
ReportBegin (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  );

/**
  Sends a frame, with nothing else running meanwhile: firmware may use the same port as a console, and its timer events
  would put their bytes among the frame's.

  @param[in, out]  Frame  The frame.
**/
VOID
ReportSend (
  IN OUT HF_FRAME  *Frame
  );

/**
  Waits for the harness to have seen the block, likewise with nothing else running: a console would take the answer for
  a key.
**/
VOID
ReportAwaitAck (
  VOID
  );

/**
  Opens the channel and says that the application runs.
**/
VOID
ReportReady (
  VOID
  );

/**
  Says what went wrong.

  @param[in]  Reason  One of the reasons that the harness knows, such as "reserve".
  @param[in]  Status  What the firmware returned.
  @param[in]  Detail  More, in words, or NULL.
**/
VOID
ReportFailed (
  IN CONST CHAR8  *Reason,
  IN EFI_STATUS   Status,
  IN CONST CHAR8  *Detail OPTIONAL
  );

/**
  Says the closing frame: the nonce, and how many frames there were with this one.

  @param[in]  Event   "uefi.handover" before the guest is started, "uefi.end" where there will be none.
  @param[in]  Plan    The plan, or NULL where none could be read.
  @param[in]  Status  How it went.
**/
VOID
ReportClosing (
  IN CONST CHAR8    *Event,
  IN CONST HF_PLAN  *Plan OPTIONAL,
  IN EFI_STATUS     Status
  );

#endif
