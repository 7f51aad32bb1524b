/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * MmAllocateMdlForIoSpace and MmMapLockedPagesSpecifyCache (DDI: wdm/nf-wdm-mmallocatemdlforiospace). The MDL comes
 * unmapped; the routine refuses ranges that the system uses as memory with STATUS_INVALID_PARAMETER_1.
 */
#include "mapping.h"
#include "routines.h"

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    MM_PHYSICAL_ADDRESS_LIST Range;
    NTSTATUS Status;

    if (gRoutines.AllocateMdlForIoSpace == NULL) {
        return Decided(Mapping, "MmAllocateMdlForIoSpace", HF_STATUS_UNAVAILABLE);
    }
    Range.PhysicalAddress = Mapping->Address;
    Range.NumberOfBytes = Mapping->Bytes;
    Status = gRoutines.AllocateMdlForIoSpace(&Range, 1, &Mapping->Mdl);
    if (!NT_SUCCESS(Status)) {
        return Decided(Mapping, "MmAllocateMdlForIoSpace", Status);
    }
    Mapping->VirtualAddress = MmMapLockedPagesSpecifyCache(Mapping->Mdl, KernelMode, Mapping->CacheType, NULL, FALSE,
                                                           gRoutines.MdlPriority);
    if (Mapping->VirtualAddress == NULL) {
        IoFreeMdl(Mapping->Mdl);
        return Decided(Mapping, "MmMapLockedPagesSpecifyCache", STATUS_INSUFFICIENT_RESOURCES);
    }
    return Decided(Mapping, "MmMapLockedPagesSpecifyCache", STATUS_SUCCESS);
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    MmUnmapLockedPages(Mapping->VirtualAddress, Mapping->Mdl);
    IoFreeMdl(Mapping->Mdl);
    return Decided(Mapping, "MmUnmapLockedPages", STATUS_SUCCESS);
}

const HF_STRATEGY gMapMdlForIoSpace = {Map, Unmap};
