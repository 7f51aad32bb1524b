// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/*
 * memremap (kernel/iomem.c): RAM comes back as the direct map has it, and only write-back; anything else is mapped with
 * the type asked for.
 */
#include <linux/errno.h>
#include <linux/io.h>

#include "mapping.h"

static unsigned long flags_for(HF_CACHE cache)
{
	switch (cache) {
	case HfCacheWriteThrough:
		return MEMREMAP_WT;
	case HfCacheWriteCombined:
		return MEMREMAP_WC;
	default:
		return MEMREMAP_WB;
	}
}

static int map(struct hf_mapping *mapping)
{
	mapping->virtual = memremap(mapping->address, mapping->bytes, flags_for(mapping->cache));
	return hf_decided(mapping, "memremap", mapping->virtual ? 0 : -ENOMEM);
}

static void unmap(struct hf_mapping *mapping)
{
	memunmap(mapping->virtual);
	mapping->step = "memunmap";
}

const struct hf_strategy hf_map_memremap = {
	.caches = HF_CACHE_BIT(HfCacheCached) | HF_CACHE_BIT(HfCacheWriteThrough) | HF_CACHE_BIT(HfCacheWriteCombined),
	.map = map,
	.unmap = unmap,
};
