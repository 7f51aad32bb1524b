// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
#include <linux/errno.h>
#include <linux/string.h>

#include "check.h"
#include "report.h"

/* The first pages at fault tell what happened; a frame for each of a million would only take time. */
#define DAMAGED_FRAMES_MAX 8

static void on_damaged(void *context, const HF_BLOCK_DAMAGE *damage)
{
	unsigned int *said = context;

	if (*said < DAMAGED_FRAMES_MAX) {
		hf_report_damaged(damage);
		*said += 1;
	}
}

int hf_check(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	HF_BLOCK_IDENTITY identity = {
		.Pages = plan->Pages,
		.Address = mapping->address,
		.MemoryType = plan->MemoryType,
	};
	HF_BLOCK_RESULT result;
	unsigned int said = 0;

	memcpy(identity.Nonce, plan->Nonce, sizeof(identity.Nonce));
	HfBlockCheck(mapping->virtual, &identity, on_damaged, &said, &result);
	hf_report_checked(plan, &result);
	return result.Intact == plan->Pages ? 0 : -EIO;
}
