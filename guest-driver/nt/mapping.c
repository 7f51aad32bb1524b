/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mapping.h"

static const HF_STRATEGY *const mStrategies[] = {
    [HfMapIoSpace] = &gMapIoSpace,
    [HfMapMdlForIoSpace] = &gMapMdlForIoSpace,
    [HfMapSection] = &gMapSection,
    [HfMapProbeAndLock] = &gMapProbeAndLock,
};

const HF_STRATEGY *StrategyFor(HF_MAP_API Api)
{
    return mStrategies[Api];
}
