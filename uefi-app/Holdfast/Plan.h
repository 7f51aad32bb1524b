/** @file
  Where the plan comes from.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PLAN_H_
#define PLAN_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Reads the plan from QEMU's fw_cfg and says so.

  @param[out]  Plan  The plan; the guest's keys alone where there is none yet.

  @retval EFI_SUCCESS            The plan is sound.
  @retval EFI_NOT_READY          The harness has it say "wait": PlanAwait is to be called.
  @retval EFI_NOT_FOUND          There is no fw_cfg, or no plan in it; this has been said.
  @retval EFI_BAD_BUFFER_SIZE    The plan is too long; this has been said.
  @retval EFI_INVALID_PARAMETER  The plan is not sound; this has been said, with the line at fault.
**/
EFI_STATUS
PlanRead (
  OUT HF_PLAN  *Plan
  );

/**
  Says "uefi.waiting", waits until the harness says that there is a plan, and reads it. A snapshot of the machine can be
  taken meanwhile.

  @param[out]  Plan  The plan.

  @return  As PlanRead, but for EFI_NOT_READY: this waits again.
**/
EFI_STATUS
PlanAwait (
  OUT HF_PLAN  *Plan
  );

#endif
