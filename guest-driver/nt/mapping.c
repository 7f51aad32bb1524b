/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mapping.h"

static const HF_STRATEGY *const mStrategies[] = {
    [HfMapIoSpace] = &gMapIoSpace,
    [HfMapMdlForIoSpace] = &gMapMdlForIoSpace,
    [HfMapSection] = &gMapSection,
    [HfMapProbeAndLock] = &gMapProbeAndLock,
    [HfMapIoSpaceEx] = &gMapIoSpaceEx,
    [HfMapCopy] = &gMapCopy,
    [HfMapReserved] = &gMapReserved,
    [HfMapReservedEx] = &gMapReservedEx,
};

const HF_STRATEGY *StrategyFor(HF_MAP_API Api)
{
    return (Api < RTL_NUMBER_OF(mStrategies)) ? mStrategies[Api] : NULL;
}

NTSTATUS MapWith(const HF_STRATEGY *Strategy, HF_MAPPING *Mapping)
{
    if (Strategy == NULL) {
        return Decided(Mapping, "map.api", STATUS_NOT_SUPPORTED);
    }
    if (Mapping->CacheType == MmMaximumCacheType) {
        return Decided(Mapping, "map.cache", STATUS_NOT_SUPPORTED);
    }
    if ((Strategy->Variants & HF_VARIANT(Mapping->Variant)) == 0) {
        return Decided(Mapping, "map.variant", STATUS_NOT_SUPPORTED);
    }
    return Strategy->Map(Mapping);
}

ULONG PageProtectionFor(const HF_MAPPING *Mapping)
{
    BOOLEAN ReadOnly = (Mapping->Variant == HfVariantReadOnly) || (Mapping->Variant == HfVariantReadOnlyShare);
    ULONG Protection = ReadOnly ? PAGE_READONLY : PAGE_READWRITE;

    switch (Mapping->CacheType) {
    case MmNonCached:
        return Protection | PAGE_NOCACHE;
    case MmWriteCombined:
        return Protection | PAGE_WRITECOMBINE;
    default:
        return Protection;
    }
}
