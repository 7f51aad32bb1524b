// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
#include <linux/errno.h>
#include <linux/kernel.h>

#include "mapping.h"

static const struct hf_strategy *const strategies[HfMapApis] = {
	[HfMapMemremap] = &hf_map_memremap,
	[HfMapIoremap] = &hf_map_ioremap,
	[HfMapIoremapWc] = &hf_map_ioremap_wc,
	[HfMapIoremapCache] = &hf_map_ioremap_cache,
	[HfMapDirect] = &hf_map_direct,
	[HfMapRegion] = &hf_map_region,
};

const struct hf_strategy *hf_strategy_for(HF_MAP_API api)
{
	return api < ARRAY_SIZE(strategies) ? strategies[api] : NULL;
}

int hf_map(struct hf_mapping *mapping)
{
	const struct hf_strategy *strategy = hf_strategy_for(mapping->api);

	if (!strategy)
		return hf_decided(mapping, "map.api", -EOPNOTSUPP);
	if (!(strategy->caches & HF_CACHE_BIT(mapping->cache)))
		return hf_decided(mapping, "map.cache", -EOPNOTSUPP);
	return strategy->map(mapping);
}

void hf_unmap(struct hf_mapping *mapping)
{
	hf_strategy_for(mapping->api)->unmap(mapping);
}
