/** @file
  Where the plan comes from.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PLAN_H_
#define PLAN_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Reads the plan from QEMU's fw_cfg and says so. Where the harness has it say "wait", says "uefi.waiting" and reads it
  again once told that there is one: a snapshot of the machine can be taken meanwhile.

  @param[out]  Plan  The plan.

  @retval EFI_SUCCESS            The plan is sound.
  @retval EFI_NOT_FOUND          There is no fw_cfg, or no plan in it; this has been said.
  @retval EFI_BAD_BUFFER_SIZE    The plan is too long; this has been said.
  @retval EFI_INVALID_PARAMETER  The plan is not sound; this has been said, with the line at fault.
**/
EFI_STATUS
PlanRead (
  OUT HF_PLAN  *Plan
  );

#endif
