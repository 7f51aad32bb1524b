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
  @param[in]   Event  Its event, which begins with "uefi."; in a second run "again." takes the place of that.
**/
VOID
ReportBegin (
  OUT HF_FRAME     *Frame,
  IN  CONST CHAR8  *Event
  );

/**
  Sends a frame, with nothing else running meanwhile.

  @param[in, out]  Frame  The frame.
**/
VOID
ReportSend (
  IN OUT HF_FRAME  *Frame
  );

/**
  Opens the channel and says that the application runs.

  @param[in]  Again  Whether it has run on this machine before, and counts its frames anew under another name.
**/
VOID
ReportReady (
  IN BOOLEAN  Again
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
  Says that the guest is started: the last frame of this application's where it is.

  @param[in]  Plan  The plan.
**/
VOID
ReportHandover (
  IN CONST HF_PLAN  *Plan
  );

/**
  Says that there will be no guest, and waits for the harness to have seen the block.

  @param[in]  Plan    The plan, or NULL where none could be read.
  @param[in]  Status  How it went.
**/
VOID
ReportEnd (
  IN CONST HF_PLAN  *Plan OPTIONAL,
  IN EFI_STATUS     Status
  );

#endif
