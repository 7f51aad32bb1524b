/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "routines.h"

HF_ROUTINES gRoutines;

static PVOID Resolve(PCWSTR Name)
{
    UNICODE_STRING String;

    RtlInitUnicodeString(&String, Name);
    return MmGetSystemRoutineAddress(&String);
}

VOID ResolveRoutines(VOID)
{
    gRoutines.AllocateMdlForIoSpace = (MM_ALLOCATE_MDL_FOR_IO_SPACE *)Resolve(L"MmAllocateMdlForIoSpace");
    gRoutines.CopyMemory = (MM_COPY_MEMORY *)Resolve(L"MmCopyMemory");
    gRoutines.GetFirmwareEnvironmentVariable =
        (EX_GET_FIRMWARE_ENVIRONMENT_VARIABLE *)Resolve(L"ExGetFirmwareEnvironmentVariable");
    gRoutines.MapIoSpaceEx = (MM_MAP_IO_SPACE_EX *)Resolve(L"MmMapIoSpaceEx");
    gRoutines.AllocateMappingAddressEx =
        (MM_ALLOCATE_MAPPING_ADDRESS_EX *)Resolve(L"MmAllocateMappingAddressEx");
    gRoutines.MdlPriority = NormalPagePriority;
    /* MmAllocateMdlForIoSpace and MdlMappingNoExecute both came with Windows 8. */
    if (gRoutines.AllocateMdlForIoSpace != NULL) {
        gRoutines.MdlPriority |= MdlMappingNoExecute;
    }
}
