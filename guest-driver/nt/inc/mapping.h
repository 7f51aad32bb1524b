/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A mapping strategy: one way in which drivers get at physical pages. Each stands in a file of its own, map_*.c.
 */
#ifndef HF_MAPPING_H
#define HF_MAPPING_H

#include <ntddk.h>

#include "hf_plan.h"

typedef struct {
    PHYSICAL_ADDRESS Address;           /* of the block, page-aligned */
    SIZE_T Bytes;                       /* a multiple of PAGE_SIZE */
    MEMORY_CACHING_TYPE CacheType;

    PVOID VirtualAddress;               /* of the block's first byte, once mapped */
    const char *Step;                   /* the routine whose answer decided */

    /* What a strategy must undo; each uses what it needs. */
    PVOID IoSpace;
    PMDL Mdl;
    HANDLE Section;
    PVOID View;
} HF_MAPPING;

/* In the status of a mapping: this kernel lacks the routine that Step names. */
#define HF_STATUS_UNAVAILABLE STATUS_PROCEDURE_NOT_FOUND

typedef struct {
    /* PASSIVE_LEVEL. Leaves nothing behind where it fails. */
    NTSTATUS (*Map)(HF_MAPPING *Mapping);

    /* Undoes a Map that succeeded, in the process that called it. PASSIVE_LEVEL. */
    NTSTATUS (*Unmap)(HF_MAPPING *Mapping);
} HF_STRATEGY;

extern const HF_STRATEGY gMapIoSpace;
extern const HF_STRATEGY gMapMdlForIoSpace;
extern const HF_STRATEGY gMapSection;
extern const HF_STRATEGY gMapProbeAndLock;

const HF_STRATEGY *StrategyFor(HF_MAP_API Api);

/* Names the routine that decided, and passes its answer on. */
static inline NTSTATUS Decided(HF_MAPPING *Mapping, const char *Step, NTSTATUS Status)
{
    Mapping->Step = Step;
    return Status;
}

#endif
