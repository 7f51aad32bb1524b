// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "say.h"

#include <stddef.h>
#include <sys/utsname.h>

#include "channel.h"

static const struct {
	const char *word;
	unsigned char exit;	/* what isa-debug-exit is given */
} outcomes[] = {
	[OUTCOME_DONE] = {"done", 0x10},
	[OUTCOME_FATAL] = {"fatal", 0x12},
};

static void put_release(HF_FRAME *frame)
{
	struct utsname names;

	HfFrameText(frame, "version", uname(&names) == 0 ? names.release : "");
}

void say_start(void)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, "guest.start");
	HfFrameText(&frame, "kind", "linux");
	HfFrameCount(&frame, "model", 0);
	put_release(&frame);
	HfFrameSend(&guest_channel, &frame);
}

void say_resumed(void)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, "guest.resumed");
	put_release(&frame);
	HfFrameSend(&guest_channel, &frame);
}

void say_pressure(const char *stage, unsigned long long bytes, const char *outcome)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, "guest.pressure");
	HfFrameText(&frame, "stage", stage);
	HfFrameCount(&frame, "bytes", bytes);
	HfFrameText(&frame, "outcome", outcome);
	HfFrameSend(&guest_channel, &frame);
}

void say_status(const char *event, int status)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, event);
	HfFrameHex(&frame, "status", (HF_UINT64)status);
	HfFrameSend(&guest_channel, &frame);
}

void say_fatal(const HF_PLAN *plan, const char *reason, const char *detail, int status)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, "guest.fatal");
	HfFrameText(&frame, "reason", reason);
	if (detail)
		HfFrameText(&frame, "detail", detail);
	HfFrameHex(&frame, "status", (HF_UINT64)status);
	HfFrameSend(&guest_channel, &frame);
	say_end(plan, OUTCOME_FATAL);
}

void say_end(const HF_PLAN *plan, enum outcome outcome)
{
	HF_FRAME frame;

	HfFrameBegin(&guest_channel, &frame, "guest.end");
	HfFrameBytes(&frame, "nonce", plan ? plan->Nonce : NULL, plan ? HF_NONCE_SIZE : 0);
	HfFrameCount(&frame, "frames", guest_channel.Sequence + 1);
	HfFrameText(&frame, "outcome", outcomes[outcome].word);
	HfFrameSend(&guest_channel, &frame);
	channel_await_ack();
	channel_exit(outcomes[outcome].exit);
}
