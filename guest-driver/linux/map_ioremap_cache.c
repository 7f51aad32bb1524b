// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/* ioremap_cache (arch/x86/mm/ioremap.c): write-back, and no RAM either. */
#include <linux/errno.h>
#include <linux/io.h>

#include "mapping.h"

static int map(struct hf_mapping *mapping)
{
	mapping->virtual = (void __force *)ioremap_cache(mapping->address, mapping->bytes);
	return hf_decided(mapping, "ioremap_cache", mapping->virtual ? 0 : -ENOMEM);
}

static void unmap(struct hf_mapping *mapping)
{
	iounmap((void __iomem __force *)mapping->virtual);
	mapping->step = "iounmap";
}

const struct hf_strategy hf_map_ioremap_cache = {
	.caches = HF_CACHE_BIT(HfCacheCached),
	.map = map,
	.unmap = unmap,
};
