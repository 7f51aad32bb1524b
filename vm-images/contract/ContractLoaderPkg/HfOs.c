/** @file
  Binds the portable core to the firmware's environment.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#include <Uefi.h>

#include <Library/BaseLib.h>
#include <Library/IoLib.h>

#include "hf_os.h"

HF_UINT8
HfOsPortRead8 (
  HF_UINT16  Port
  )
{
  return IoRead8 (Port);
}

void
HfOsPortWrite8 (
  HF_UINT16  Port,
  HF_UINT8   Value
  )
{
  IoWrite8 (Port, Value);
}

void
HfOsPortWrite16 (
  HF_UINT16  Port,
  HF_UINT16  Value
  )
{
  IoWrite16 (Port, Value);
}

void
HfOsMemoryFence (
  void
  )
{
  MemoryFence ();
}
