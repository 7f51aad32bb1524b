/** @file
  The order of things: the block is reserved and filled, and the guest started.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef LAUNCH_H_
#define LAUNCH_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Carries out the plan. Returns only where there will be no guest; why has then been said.

  @param[in]       ImageHandle  This application's own image.
  @param[in, out]  Plan         The plan, or its keys about the guest alone: then the rest is waited for.
  @param[in, out]  Complete     Whether Plan is the plan.

  @return  Why there is no guest.
**/
EFI_STATUS
Launch (
  IN     EFI_HANDLE  ImageHandle,
  IN OUT HF_PLAN     *Plan,
  IN OUT BOOLEAN     *Complete
  );

#endif
