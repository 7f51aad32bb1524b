/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef HF_LOCATE_H
#define HF_LOCATE_H

#include <ntddk.h>

#include "hf_place.h"
#include "hf_plan.h"
#include "peek.h"

typedef struct {
    PHYSICAL_ADDRESS Address;           /* where the block is, for STATUS_SUCCESS */
    ULONG Visited;                      /* how many addresses were looked at */
    const char *Step;                   /* what decided where it is not */
} HF_LOCATED;

/*
 * Finds this run's block as the plan says.
 *
 * STATUS_NOT_FOUND where no address has it, HF_STATUS_UNAVAILABLE where this kernel lacks the routine that Step names,
 * and otherwise what that routine returned. PASSIVE_LEVEL.
 */
NTSTATUS LocateBlock(const HF_PLAN *Plan, HF_LOCATED *Located);

/* Walks the plan's addresses. */
NTSTATUS LocateByScan(const HF_PEEK *Peek, const HF_PLAN *Plan, HF_LOCATED *Located);

/* Whether this run's block begins at Located's address, which counts as visited. */
BOOLEAN IsBlockAt(const HF_PEEK *Peek, const HF_PLAN *Plan, HF_LOCATED *Located);

/* Ask where the block is said to be. Step is the routine that decided. */
NTSTATUS PlaceFromVariable(HF_PLACE *Place, const char **Step);
NTSTATUS PlaceFromAcpiTable(HF_PLACE *Place, const char **Step);

#endif
