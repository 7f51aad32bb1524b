/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef HF_LOCATE_H
#define HF_LOCATE_H

#include <ntddk.h>

#include "hf_plan.h"

/*
 * Finds this run's block as the plan says.
 *
 * Address  where it is, for STATUS_SUCCESS.
 * Visited  how many addresses were looked at.
 *
 * STATUS_NOT_FOUND where no address has it, and what MmGetPhysicalMemoryRanges' failure means where it fails.
 * PASSIVE_LEVEL.
 */
NTSTATUS LocateBlock(const HF_PLAN *Plan, PHYSICAL_ADDRESS *Address, ULONG *Visited);

#endif
