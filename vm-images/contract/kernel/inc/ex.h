/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the firmware has left for the OS to ask: its variables and its ACPI tables. Pool is in mm.h. */
#ifndef EX_H
#define EX_H

#include "nt.h"

#include "LoaderBlock.h"

VOID ExpInitializeEnvironment(const LOADER_BLOCK *Block);

/* Copies the ACPI tables; before memory is reclaimed. */
VOID ExpInitializeFirmwareTables(const LOADER_BLOCK *Block);

#endif
