/** @file
  The channel while boot services run.

  Firmware may use the same port as a console and polls it from timer events, which would put its bytes among a frame's and
  take the harness's answer for a key. So nothing else runs while a frame is sent or an answer awaited.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef HOLDFAST_CHANNEL_H_
#define HOLDFAST_CHANNEL_H_

#include "hf_frame.h"

/**
  Closes a frame with its CRC, sends it and counts it.

  @param[in, out]  Channel  The sender's channel.
  @param[in, out]  Frame    The frame.
**/
VOID
HoldfastSendFrame (
  IN OUT HF_CHANNEL  *Channel,
  IN OUT HF_FRAME    *Frame
  );

/**
  Sends the last frame and waits for the harness to have seen the block, with nothing else running in between either.

  @param[in, out]  Channel  The sender's channel.
  @param[in, out]  Frame    The frame.
**/
VOID
HoldfastSendLastFrame (
  IN OUT HF_CHANNEL  *Channel,
  IN OUT HF_FRAME    *Frame
  );

#endif
