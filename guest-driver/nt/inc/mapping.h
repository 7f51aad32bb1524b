/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A mapping strategy: one way in which drivers get at physical pages. Each stands in a file of its own, map_*.c.
 */
#ifndef HF_MAPPING_H
#define HF_MAPPING_H

#include <ntddk.h>

#include "hf_plan.h"

/* The most MDLs that one reservation is mapped with here. */
#define HF_RESERVED_PARTS 2u

/* Reserved address space, and the MDLs that are mapped into it, one behind the other. */
typedef struct {
    PVOID Base;
    ULONG Parts;
    PMDL Mdls[HF_RESERVED_PARTS];
    PVOID Mapped[HF_RESERVED_PARTS];    /* where each was mapped, NULL where it was not */
} HF_RESERVED;

typedef struct {
    PHYSICAL_ADDRESS Address;           /* of the block, page-aligned */
    SIZE_T Bytes;                       /* a multiple of PAGE_SIZE */
    MEMORY_CACHING_TYPE CacheType;
    HF_MAP_VARIANT Variant;

    PVOID VirtualAddress;               /* of the block's first byte, once mapped */
    const char *Step;                   /* the routine whose answer decided */

    /* What a strategy must undo; each uses what it needs. */
    PVOID IoSpace;
    PMDL Mdl;
    HANDLE Section;
    PVOID View;
    PVOID Copy;
    HF_RESERVED Reserved;
} HF_MAPPING;

/* In the status of a mapping: this kernel lacks the routine that Step names. */
#define HF_STATUS_UNAVAILABLE STATUS_PROCEDURE_NOT_FOUND

typedef struct {
    ULONG Variants;                     /* HF_VARIANT of each that it has */

    /* PASSIVE_LEVEL. Leaves nothing behind where it fails. */
    NTSTATUS (*Map)(HF_MAPPING *Mapping);

    /* Undoes a Map that succeeded, in the process that called it. PASSIVE_LEVEL. */
    NTSTATUS (*Unmap)(HF_MAPPING *Mapping);
} HF_STRATEGY;

#define HF_VARIANT(Variant) (1u << (Variant))

extern const HF_STRATEGY gMapIoSpace;
extern const HF_STRATEGY gMapIoSpaceEx;
extern const HF_STRATEGY gMapMdlForIoSpace;
extern const HF_STRATEGY gMapSection;
extern const HF_STRATEGY gMapProbeAndLock;
extern const HF_STRATEGY gMapCopy;
extern const HF_STRATEGY gMapReserved;
extern const HF_STRATEGY gMapReservedEx;

/* NULL where the API is not Windows's. */
const HF_STRATEGY *StrategyFor(HF_MAP_API Api);

/*
 * Maps as Mapping says. STATUS_NOT_SUPPORTED, decided by "map.api", "map.cache" or "map.variant", where there is no
 * strategy, no such cache type (MmMaximumCacheType) or the strategy lacks the variant.
 */
NTSTATUS MapWith(const HF_STRATEGY *Strategy, HF_MAPPING *Mapping);

/* The page protection that asks for Mapping's cache type: PAGE_READONLY or PAGE_READWRITE, and a cache modifier. */
ULONG PageProtectionFor(const HF_MAPPING *Mapping);

/* Names the routine that decided, and passes its answer on. */
static inline NTSTATUS Decided(HF_MAPPING *Mapping, const char *Step, NTSTATUS Status)
{
    Mapping->Step = Step;
    return Status;
}

#endif
