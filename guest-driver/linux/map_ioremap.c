// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/* ioremap (arch/x86/mm/ioremap.c, __ioremap_caller): uncached; RAM it refuses with a warning. */
#include <linux/errno.h>
#include <linux/io.h>

#include "mapping.h"

static int map(struct hf_mapping *mapping)
{
	mapping->virtual = (void __force *)ioremap(mapping->address, mapping->bytes);
	return hf_decided(mapping, "ioremap", mapping->virtual ? 0 : -ENOMEM);
}

static void unmap(struct hf_mapping *mapping)
{
	iounmap((void __iomem __force *)mapping->virtual);
	mapping->step = "iounmap";
}

const struct hf_strategy hf_map_ioremap = {
	.caches = HF_CACHE_BIT(HfCacheNonCached),
	.map = map,
	.unmap = unmap,
};
