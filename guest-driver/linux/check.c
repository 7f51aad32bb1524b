// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
#include <linux/errno.h>

#include "check.h"
#include "report.h"

int hf_check(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	return HfCheckBlock(&hf_report_check, plan, mapping->virtual, mapping->address) ? 0 : -EIO;
}
