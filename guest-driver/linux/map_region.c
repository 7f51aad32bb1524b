// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/*
 * request_mem_region (kernel/resource.c, __request_region), then memremap: as drivers claim memory that is theirs. A
 * range that lies in a busy resource, as all System RAM is, is not given.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>

#include "mapping.h"

static int map(struct hf_mapping *mapping)
{
	if (!request_mem_region(mapping->address, mapping->bytes, KBUILD_MODNAME))
		return hf_decided(mapping, "request_mem_region", -EBUSY);
	mapping->virtual = memremap(mapping->address, mapping->bytes, MEMREMAP_WB);
	if (!mapping->virtual) {
		release_mem_region(mapping->address, mapping->bytes);
		return hf_decided(mapping, "memremap", -ENOMEM);
	}
	return hf_decided(mapping, "memremap", 0);
}

static void unmap(struct hf_mapping *mapping)
{
	memunmap(mapping->virtual);
	release_mem_region(mapping->address, mapping->bytes);
	mapping->step = "release_mem_region";
}

const struct hf_strategy hf_map_region = {
	.caches = HF_CACHE_BIT(HfCacheCached),
	.map = map,
	.unmap = unmap,
};
