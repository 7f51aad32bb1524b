/** @file
  How a block comes to its pages.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef RESERVE_H_
#define RESERVE_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Allocates the block's pages as planned and says how it went.

  @param[in]   Plan     The plan.
  @param[out]  Address  Physical address of the first page.

  @retval EFI_SUCCESS  The pages are allocated; where the plan says "unreserved", they have been given back.
  @return              What AllocatePages returned for the last address tried.
**/
EFI_STATUS
ReserveBlock (
  IN  CONST HF_PLAN         *Plan,
  OUT EFI_PHYSICAL_ADDRESS  *Address
  );

/**
  Fills the block and says so.

  @param[in]  Plan     The plan.
  @param[in]  Address  Physical address of the first page.
**/
VOID
FillBlock (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  );

#endif
