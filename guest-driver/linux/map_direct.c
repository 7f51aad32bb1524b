// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/*
 * The kernel's own mapping of RAM (Documentation/x86/x86_64/mm.rst, "direct mapping of all physical memory"): nothing is
 * made and nothing undone. Pages that are not the kernel's RAM may be missing from it.
 */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/mm.h>

#include "mapping.h"

static int map(struct hf_mapping *mapping)
{
	unsigned long pfn = PHYS_PFN(mapping->address);
	unsigned long end = PHYS_PFN(mapping->address + mapping->bytes);

	for (; pfn < end; pfn++)
		if (!page_is_ram(pfn))
			return hf_decided(mapping, "page_is_ram", -ENXIO);
	mapping->virtual = phys_to_virt(mapping->address);
	return hf_decided(mapping, "phys_to_virt", 0);
}

static void unmap(struct hf_mapping *mapping)
{
	mapping->step = "none";
}

const struct hf_strategy hf_map_direct = {
	.caches = HF_CACHE_BIT(HfCacheCached),
	.map = map,
	.unmap = unmap,
};
