/** @file
  How the guest is started.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef CHAIN_LOAD_H_
#define CHAIN_LOAD_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Looks for the planned loader on every file system, loads it, says the closing frame and starts it. Returns only where
  that failed; why has then been said.

  @param[in]  ImageHandle  This application's own image.
  @param[in]  Plan         The plan.

  @retval EFI_NOT_FOUND  No file system has the loader.
  @retval EFI_ABORTED    The loader returned without an error.
  @return                What LoadImage or the loader itself returned.
**/
EFI_STATUS
ChainLoad (
  IN EFI_HANDLE     ImageHandle,
  IN CONST HF_PLAN  *Plan
  );

#endif
