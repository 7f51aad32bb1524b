/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The block's place as the UEFI application published it, for a boot that does not scan. */
#ifndef PLACE_H
#define PLACE_H

#include "hf_ioctl.h"
#include "hf_plan.h"

/* Learns the place in the plan's way; where it can't, what failed and why. All zero for a boot that scans. */
void place_find(const HF_PLAN *plan, struct hf_ioc_place *place);

#endif
