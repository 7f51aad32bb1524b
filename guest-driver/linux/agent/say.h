/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the agent says of the guest as a whole. */
#ifndef SAY_H
#define SAY_H

#include "hf_plan.h"

/* What the last frame says of the boot. */
enum outcome {
	OUTCOME_DONE,
	OUTCOME_FATAL,
};

void say_start(void);

/* In the second kernel: the frames go on where the first kernel's ended. */
void say_resumed(void);

/* Why the guest can't go on; status is a positive errno. Detail may be NULL. Does not return: ends the boot. */
void say_fatal(const HF_PLAN *plan, const char *reason, const char *detail, int status) __attribute__((noreturn));

/* One stage of the pressure: bytes written, and how it ended. */
void say_pressure(const char *stage, unsigned long long bytes, const char *outcome);

/* An event whose only news is a positive errno. */
void say_status(const char *event, int status);

/* The last frame; then waits for the harness and ends QEMU. */
void say_end(const HF_PLAN *plan, enum outcome outcome) __attribute__((noreturn));

#endif
