/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The plan's keys: which there are, how their values are written, and which member of HF_PLAN each sets. */
#ifndef HF_PLAN_KEYS_H
#define HF_PLAN_KEYS_H

#include "hf_plan.h"
#include "hf_slice.h"

/* Which keys a plan has had so far, a bit each. */
typedef HF_UINT32 HF_PLAN_KEYS_SEEN;

/* Sets what a line of the plan says. HfPlanUnknownKey, HfPlanRepeatedKey or HfPlanBadValue where it can't. */
HF_PLAN_RESULT HfPlanSetKey(HF_PLAN *Plan, HF_SLICE Key, HF_SLICE Value, HF_PLAN_KEYS_SEEN *Seen);

/* Whether every key was there. */
HF_BOOL HfPlanHasAllKeys(HF_PLAN_KEYS_SEEN Seen);

/* Whether the keys about the guest were there, and no other. */
HF_BOOL HfPlanHasGuestKeysAlone(HF_PLAN_KEYS_SEEN Seen);

#endif
