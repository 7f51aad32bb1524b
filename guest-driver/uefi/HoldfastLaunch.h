/** @file
  How a guest's loader that is started before the block is reserved calls back to have it reserved.

  What the loader does before that call happens before there is a plan, hence once for all machines that go on from one
  snapshot: reading files, checking signatures, laying out a kernel.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef HOLDFAST_LAUNCH_H_
#define HOLDFAST_LAUNCH_H_

#include <Uefi.h>

#include "hf_plan.h"

typedef struct _HOLDFAST_LAUNCH_PROTOCOL HOLDFAST_LAUNCH_PROTOCOL;

/**
  Waits for the plan and carries it out as far as the guest's start. To be called once, at TPL_APPLICATION.

  @param[in]  This  The protocol.

  @retval EFI_SUCCESS  The block is in its place and the plan complete; the guest goes on.
  @return              The plan could not be carried out, which has been said; the loader returns with this status.
**/
typedef
EFI_STATUS
(EFIAPI *HOLDFAST_LAUNCH_PROCEED)(
  IN HOLDFAST_LAUNCH_PROTOCOL  *This
  );

struct _HOLDFAST_LAUNCH_PROTOCOL {
  UINTN                      PlanSize;    ///< sizeof (HF_PLAN), which tells builds that do not fit from those that do.
  CONST HF_PLAN              *Plan;       ///< The guest's keys alone until Proceed has returned.
  HOLDFAST_LAUNCH_PROCEED    Proceed;
};

extern EFI_GUID  gHoldfastLaunchProtocolGuid;

#endif
