/** @file
  How the guest's loader comes into memory.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef CHAIN_LOAD_H_
#define CHAIN_LOAD_H_

#include <Uefi.h>

#include "hf_plan.h"

/**
  Looks for the loader on every file system, loads it and provides what the plan gives it: load options, an initrd, a
  key to trust. Says which; what went wrong has not been said.

  @param[in]   ImageHandle  This application's own image.
  @param[in]   Plan         The plan, or its keys about the guest alone.
  @param[out]  Loader       The image.
  @param[out]  Path         The file that was handled last, and so the one at fault.

  @retval EFI_SUCCESS    It can be started.
  @retval EFI_NOT_FOUND  No file system has the file.
  @return                What LoadImage or the file system returned.
**/
EFI_STATUS
ChainLoad (
  IN  EFI_HANDLE     ImageHandle,
  IN  CONST HF_PLAN  *Plan,
  OUT EFI_HANDLE     *Loader,
  OUT CONST CHAR8    **Path
  );

#endif
