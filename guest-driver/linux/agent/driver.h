/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The module, at work: orders go to it, and its frames on to the virtio port. */
#ifndef DRIVER_H
#define DRIVER_H

#include <stddef.h>

#include "hf_ioctl.h"
#include "hf_plan.h"

/* Opens the loaded module's device and gives it the plan. 0, or a positive errno. */
int driver_open(const char *plan_text, size_t size);

/*
 * Has it look for the block. 0, or a positive errno. In place is then the block's address; where it was not found, the
 * address where it must have been, or 0.
 */
int driver_locate(struct hf_ioc_place *place);

/*
 * Has it map and check the block. In a process of its own, as an Oops there kills whoever asked. 0, or a positive errno:
 * EFAULT where the kernel killed it.
 */
int driver_map(const HF_PLAN_MAPPING *mapping);

/* Has it say its last frame. */
void driver_end(void);

#endif
