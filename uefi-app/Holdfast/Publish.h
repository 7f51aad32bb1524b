/** @file
  How a driver that does not scan learns where the block is.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef PUBLISH_H_
#define PUBLISH_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Publishes the block's place in the way that the plan's driver looks for it, and says how that went; a driver that scans
  needs nothing, and gets a machine in which nothing else points to the block.

  A refusal is said, and the boot goes on: what the driver makes of it is the observation.

  @param[in]  Plan     The plan.
  @param[in]  Address  Physical address of the block's first page.
**/
VOID
PublishPlace (
  IN CONST HF_PLAN         *Plan,
  IN EFI_PHYSICAL_ADDRESS  Address
  );

#endif
