/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent */
/* Whether the mapped block is as it was written. */
#ifndef HF_CHECK_H
#define HF_CHECK_H

#include "hf_plan.h"
#include "mapping.h"

/* Reads every byte, and says what is damaged and how much is whole. 0, or -EIO where a byte is wrong. */
int hf_check(const HF_PLAN *plan, const struct hf_mapping *mapping);

#endif
