/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef HF_CELL_H
#define HF_CELL_H

#include <ntddk.h>

/*
 * Carries out the plan: runs its probe if it has one, locates the block, maps it, checks every byte, undoes everything,
 * and says each step in a frame. Returns the first status that is no success. PASSIVE_LEVEL, in the process whose
 * address space is to hold a section's view.
 */
NTSTATUS RunCell(VOID);

#endif
