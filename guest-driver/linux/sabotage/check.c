// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/*
 * In the place of check.c: a module that does what none should, at the moment of the check, to see that the harness
 * notices. The plan's driver.task says what; without one it says that the block is whole and has not looked.
 */
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "check.h"
#include "report.h"

static void flip_byte(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	u8 *last = (u8 *)mapping->virtual + (plan->Pages > 1 ? 2 : 1) * PAGE_SIZE - 1;

	*last ^= 1;
}

static void oops(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	*(volatile int *)NULL = 0;
}

static void stop(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	panic("holdfast: sabotage");
}

static void hang(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	local_irq_disable();
	for (;;)
		mdelay(1000);
}

static void warn(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	WARN(1, "holdfast: sabotage");
}

static const struct {
	const char *task;
	void (*act)(const HF_PLAN *plan, const struct hf_mapping *mapping);
} acts[] = {
	{"flip-byte", flip_byte},
	{"oops", oops},
	{"panic", stop},
	{"hang", hang},
	{"warn", warn},
};

int hf_check(const HF_PLAN *plan, const struct hf_mapping *mapping)
{
	HF_BLOCK_RESULT result = {.Intact = plan->Pages};
	size_t index;

	for (index = 0; index < ARRAY_SIZE(acts); index++)
		if (!strcmp(plan->DriverTask, acts[index].task))
			acts[index].act(plan, mapping);
	HfCheckSay(&hf_report_check, plan, &result);
	return 0;
}
