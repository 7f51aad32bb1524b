/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Booting again before the block is looked for. */
#ifndef AGAIN_H
#define AGAIN_H

#include "hf_plan.h"

/* Whether this is the second kernel; the frames' number then goes on where the first kernel's ended. */
int again_resume(void);

/* Starts a second kernel, the same, from the disk; returns only where that fails, a positive errno. */
int again_kexec(const HF_PLAN *plan);

/* Resets the machine; returns only where that fails, a positive errno. */
int again_reset(void);

#endif
