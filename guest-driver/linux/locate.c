// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "hf_block.h"
#include "locate.h"
#include "report.h"

/*
 * Whether the block's header stands at an address. memremap takes RAM from the direct map and maps the rest; a page that
 * can't be mapped or read is not the block's.
 */
static bool is_block_at(u64 address, const HF_PLAN *plan)
{
	u8 header[HF_BLOCK_HEADER_SIZE] __aligned(8);
	void *page = memremap(address, PAGE_SIZE, MEMREMAP_WB);
	bool readable;

	if (!page)
		return false;
	readable = !copy_from_kernel_nofault(header, page, sizeof(header));
	memunmap(page);
	return readable && HfBlockRecognise(header, plan->Nonce);
}

static int scan(const HF_PLAN *plan, u64 *address, u64 *visited)
{
	for (*address = plan->Locate.From;; *address += plan->Locate.Step) {
		*visited += 1;
		if (is_block_at(*address, plan))
			return 0;
		if (plan->Locate.To - *address <= plan->Locate.Step)
			return -ENOENT;
		cond_resched();
	}
}

/* Goes where a published place says. What it says may be out of date, or anything: only the block itself counts. */
static int look_at(const HF_PLAN *plan, const struct hf_ioc_place *place, u64 *visited, const char **step)
{
	*step = "place";
	if (!PAGE_ALIGNED(place->address) || place->bytes != plan->Pages * PAGE_SIZE ||
	    memcmp(place->nonce, plan->Nonce, sizeof(place->nonce)))
		return -EINVAL;
	*step = "header";
	*visited = 1;
	return is_block_at(place->address, plan) ? 0 : -ENOENT;
}

/*
 * Where the block must have been that is not there: mapping those pages still shows what the kernel thinks of them. 0 where
 * nobody can tell.
 */
static u64 assumed(const HF_PLAN *plan, const struct hf_ioc_place *place)
{
	if (plan->LocateMethod != HfLocateScan)
		return place->status || !PAGE_ALIGNED(place->address) ? 0 : place->address;
	return plan->Placement == HfPlacementAt || plan->Placement == HfPlacementFirstFree ? plan->Place.From : 0;
}

int hf_locate(const HF_PLAN *plan, struct hf_ioc_place *place)
{
	const char *step = "scan";
	u64 visited = 0;
	int error;

	hf_report_locating(plan);
	if (plan->LocateMethod == HfLocateScan) {
		error = scan(plan, &place->address, &visited);
	} else if (place->status) {
		place->step[sizeof(place->step) - 1] = '\0';
		step = place->step;
		error = place->status > 0 && place->status <= MAX_ERRNO ? -place->status : -EINVAL;
	} else {
		error = look_at(plan, place, &visited, &step);
	}
	if (error) {
		hf_report_not_located(visited, error, step);
		place->address = assumed(plan, place);
	} else {
		hf_report_located(place->address, visited);
	}
	return error;
}
