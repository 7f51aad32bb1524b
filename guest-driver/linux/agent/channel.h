/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The agent's two ways to the harness, COM2 and the virtio port dev.holdfast.0: both carry the same lines. The port may
 * be missing, and a port that nobody reads is given up.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include <stddef.h>

#include "hf_frame.h"

/* The two sources that the agent speaks as. */
extern HF_CHANNEL guest_channel;
extern HF_CHANNEL agent_channel;

/* Opens both. The process must be root's. */
void channel_open(void);

/* Says on the virtio port alone what the module has said on COM2 already. */
void channel_relay(const char *lines, size_t size);

/* Waits for the acknowledgement on either, for about ten seconds at the most. */
void channel_await_ack(void);

/* Ends QEMU through isa-debug-exit; powers off where there is none. */
void channel_exit(unsigned char value) __attribute__((noreturn));

#endif
