/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Checks a block that somebody has mapped, and says in frames what it was found to be. */
#ifndef HF_CHECK_BLOCK_H
#define HF_CHECK_BLOCK_H

#include "hf_block.h"
#include "hf_frame.h"
#include "hf_plan.h"

/* Whose frames these are. */
typedef struct {
    HF_CHANNEL *Channel;
    const char *Damaged;            /* event: page offset expected seen, for the first eight pages at fault */
    const char *Checked;            /* event: pages intact crc */
} HF_CHECK_FRAMES;

/*
 * Reads every byte of the plan's block and says what is damaged and how much is whole. True where all of it is.
 *
 * Block    as it is mapped, Plan->Pages pages.
 * Address  physical, of its first byte.
 */
HF_BOOL HfCheckBlock(const HF_CHECK_FRAMES *Frames, const HF_PLAN *Plan, const void *Block, HF_UINT64 Address);

/* Says a result alone. */
void HfCheckSay(const HF_CHECK_FRAMES *Frames, const HF_PLAN *Plan, const HF_BLOCK_RESULT *Result);

#endif
