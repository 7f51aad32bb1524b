/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent */
/* Where the block is. */
#ifndef HF_LOCATE_H
#define HF_LOCATE_H

#include "hf_ioctl.h"
#include "hf_plan.h"

/*
 * Looks at the places that the plan names, or at the one that user space has learnt, and says how that went. 0, or a
 * negative errno. In place is then the block's address; where it was not found, the address where it must have been, or 0.
 */
int hf_locate(const HF_PLAN *plan, struct hf_ioc_place *place);

#endif
