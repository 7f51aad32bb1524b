/** @file
  The block of an earlier run, before a warm reset of the same machine.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef EARLIER_H_
#define EARLIER_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Tells whether this application has run on this machine before, with orders to look at its block after a reset. It
  forgets that by being asked: the run after this one is a first run again.

  @retval TRUE   It has; its block's place is known.
  @retval FALSE  This is the first run.
**/
BOOLEAN
EarlierRecall (
  VOID
  );

/**
  Looks at the earlier run's block, without allocating anything first, and says how much of it is whole.

  @param[in]  Plan  The plan, which is the earlier run's too.

  @retval EFI_SUCCESS            This has been said.
  @retval EFI_INVALID_PARAMETER  The earlier run had another plan; this has been said.
**/
EFI_STATUS
EarlierCheck (
  IN CONST HF_PLAN  *Plan
  );

/**
  Leaves word of this run's block for the next one, in a variable that lasts across a reset.

  @param[in]  Plan     The plan.
  @param[in]  Address  Physical address of the block's first page.

  @return  What SetVariable returned.
**/
EFI_STATUS
EarlierRemember (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  );

#endif
