/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Routines that not every kernel since Windows 7 exports. A null pointer is this kernel's way of saying that it lacks
 * one; nothing fails to load for it.
 */
#ifndef HF_ROUTINES_H
#define HF_ROUTINES_H

#include "ntmissing.h"

typedef struct {
    MM_ALLOCATE_MDL_FOR_IO_SPACE *AllocateMdlForIoSpace;
    MM_COPY_MEMORY *CopyMemory;
    EX_GET_FIRMWARE_ENVIRONMENT_VARIABLE *GetFirmwareEnvironmentVariable;
    MM_MAP_IO_SPACE_EX *MapIoSpaceEx;
    MM_ALLOCATE_MAPPING_ADDRESS_EX *AllocateMappingAddressEx;

    /* The priority for MmMapLockedPagesSpecifyCache: with MdlMappingNoExecute where the kernel knows that bit. */
    ULONG MdlPriority;
} HF_ROUTINES;

extern HF_ROUTINES gRoutines;

/* Looks the routines up. PASSIVE_LEVEL. */
VOID ResolveRoutines(VOID);

#endif
