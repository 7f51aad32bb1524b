/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The mappings that user space makes, through /dev/mem. */
#ifndef DEVMEM_H
#define DEVMEM_H

#include "hf_plan.h"

/* Whether a mapping is one of these. */
int devmem_has(HF_MAP_API api);

/* Says the first frame of the source agent. */
void devmem_start(const HF_PLAN *plan);

/* Maps the block, checks it and undoes the mapping. */
void devmem_map(const HF_PLAN *plan, const HF_PLAN_MAPPING *mapping, unsigned long long address);

/* Says the last. */
void devmem_end(const HF_PLAN *plan);

#endif
