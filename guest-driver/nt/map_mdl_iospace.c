/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * MmAllocateMdlForIoSpace and MmMapLockedPagesSpecifyCache (DDI: wdm/nf-wdm-mmallocatemdlforiospace). The MDL comes
 * unmapped; the routine refuses ranges that the system uses as memory with STATUS_INVALID_PARAMETER_1.
 */
#include "mapping.h"
#include "routines.h"

/* The most ranges that a block is cut into; the last takes what is left. */
#define RANGES_MAX 64u

/* Static: 1 KiB. One driver maps one block at a time. */
static MM_PHYSICAL_ADDRESS_LIST mRanges[RANGES_MAX];

/* Describes the block as one range, or as one range a page as far as they go. Returns the number of ranges. */
static SIZE_T CutIntoRanges(const HF_MAPPING *Mapping)
{
    SIZE_T Pages = Mapping->Bytes / PAGE_SIZE;
    SIZE_T Count = (Mapping->Variant == HfVariantRanges) ? min(Pages, RANGES_MAX) : 1;
    SIZE_T Index;

    for (Index = 0; Index < Count; Index++) {
        mRanges[Index].PhysicalAddress.QuadPart = Mapping->Address.QuadPart + (LONGLONG)(Index * PAGE_SIZE);
        mRanges[Index].NumberOfBytes = PAGE_SIZE;
    }
    mRanges[Count - 1].NumberOfBytes = Mapping->Bytes - (Count - 1) * PAGE_SIZE;
    return Count;
}

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    NTSTATUS Status;

    if (gRoutines.AllocateMdlForIoSpace == NULL) {
        return Decided(Mapping, "MmAllocateMdlForIoSpace", HF_STATUS_UNAVAILABLE);
    }
    Status = gRoutines.AllocateMdlForIoSpace(mRanges, CutIntoRanges(Mapping), &Mapping->Mdl);
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

const HF_STRATEGY gMapMdlForIoSpace = {HF_VARIANT(HfVariantPlain) | HF_VARIANT(HfVariantRanges), Map, Unmap};
