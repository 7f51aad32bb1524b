/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent */
/* A mapping strategy: one way in which modules get at physical pages. Each stands in a file of its own, map_*.c. */
#ifndef HF_MAPPING_H
#define HF_MAPPING_H

#include <linux/types.h>

#include "hf_plan.h"

struct hf_mapping {
	phys_addr_t address;	/* of the block, page-aligned */
	size_t bytes;		/* a multiple of PAGE_SIZE */
	HF_MAP_API api;
	HF_CACHE cache;

	void *virtual;		/* of the block's first byte, once mapped */
	const char *step;	/* the function whose answer decided */
};

struct hf_strategy {
	unsigned int caches;	/* HF_CACHE_BIT of each that it can be asked for */

	/* 0, or a negative errno; leaves nothing behind then. May sleep. */
	int (*map)(struct hf_mapping *mapping);

	/* Undoes a map that succeeded. */
	void (*unmap)(struct hf_mapping *mapping);
};

#define HF_CACHE_BIT(cache) (1u << (cache))

extern const struct hf_strategy hf_map_memremap;
extern const struct hf_strategy hf_map_ioremap;
extern const struct hf_strategy hf_map_ioremap_wc;
extern const struct hf_strategy hf_map_ioremap_cache;
extern const struct hf_strategy hf_map_direct;
extern const struct hf_strategy hf_map_region;

/* NULL where the API is not this module's. */
const struct hf_strategy *hf_strategy_for(HF_MAP_API api);

/* Maps as mapping says. -EOPNOTSUPP, decided by "map.api" or "map.cache", where nothing here does it that way. */
int hf_map(struct hf_mapping *mapping);
void hf_unmap(struct hf_mapping *mapping);

/* Names the function that decided, and passes its answer on. */
static inline int hf_decided(struct hf_mapping *mapping, const char *step, int error)
{
	mapping->step = step;
	return error;
}

#endif
