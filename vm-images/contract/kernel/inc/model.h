/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The questions that Microsoft's documentation leaves open, and the reading that is in force for each. Every reading
 * that this build can take is in the table in model.c; each is announced in a guest.model frame.
 */
#ifndef MODEL_H
#define MODEL_H

#include "nt.h"

#include "hf_plan.h"

/* In the order of the table. */
typedef enum {
    ModelPfn,
    ModelMdlRam,
    ModelAcpiReclaim,
    ModelSectionCache,
    ModelSectionOffset,
    ModelSectionHandle,
    ModelE3ViewUnmap,
    ModelPageTableMap,
    ModelFreePageMap,
    ModelCacheConflict,
    ModelSwitches
} MODEL_SWITCH;

/* Which of its readings a switch stands at, in the order of the table; the default is 0. */
ULONG ModelReading(MODEL_SWITCH Switch);

/* Whether a switch stands elsewhere than at its default. */
BOOLEAN ModelIsOther(MODEL_SWITCH Switch);

/*
 * The same, where the two readings come to different things, which it says in a guest.decided frame the first time: a
 * caller asks whatever else must hold before it asks this.
 */
BOOLEAN ModelDecides(MODEL_SWITCH Switch);

/* The readings of ModelCacheConflict. */
typedef enum {
    ModelCacheLargePage,    /* refused in a large page; any other page keeps its own cache type */
    ModelCacheRefused,
    ModelCacheKept
} MODEL_CACHE_CONFLICT;

/* The Windows that is modelled. */
HF_MODEL_VERSION ModelVersion(VOID);

/* Sets what the plan says; ends the guest with a frame that names it where that is no switch or no value of it. */
VOID ModelConfigure(const HF_PLAN *Plan);

/* Sends one guest.model frame a switch, and one for the version. */
VOID ModelReport(VOID);

#endif
