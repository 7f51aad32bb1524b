/** @file
  The firmware's memory map, as frames.

  SPDX-License-Identifier: BSD-2-Clause-Patent
**/

#ifndef MEMORY_MAP_H_
#define MEMORY_MAP_H_

#include <Uefi.h>

/**
  Says every descriptor of the memory map as it stands now, many to a frame and each as type:address:pages:attributes,
  then their number. A map that the firmware refuses is said as no descriptors and the status.
**/
VOID
ReportMemoryMap (
  VOID
  );

#endif
