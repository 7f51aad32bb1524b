/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The firmware's memory map as the OS reads it: what each type of memory is to it (memmap.c). */
#ifndef MEMMAP_H
#define MEMMAP_H

#include "mm.h"

/* Reads the map that the loader left. */
VOID MiReadMemoryMap(const LOADER_BLOCK *Block);

/* The descriptors of memory that has PFN entries, in rising order; null behind the last. */
const LOADER_MEMORY_DESCRIPTOR *MiMemoryAt(ULONG Index);

/* Whether all of it lies in the physical map. */
BOOLEAN MiIsInPhysicalMap(const LOADER_MEMORY_DESCRIPTOR *Descriptor);

/* Whether UEFI lets the OS use it, and the OS can reach it. */
BOOLEAN MiIsUsableRam(const LOADER_MEMORY_DESCRIPTOR *Descriptor);

#endif
