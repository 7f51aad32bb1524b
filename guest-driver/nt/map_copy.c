/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * MmCopyMemory of physical memory (DDI: ntddk/nf-ntddk-mmcopymemory): no mapping, but a copy in nonpaged pool, and so as
 * good as one for whoever only reads. It refuses I/O space and firmware tables.
 */
#include "mapping.h"
#include "routines.h"

#define COPY_TAG 'ypcH'

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    MM_COPY_ADDRESS Source = {.PhysicalAddress = Mapping->Address};
    SIZE_T Copied = 0;
    NTSTATUS Status;

    if (gRoutines.CopyMemory == NULL) {
        return Decided(Mapping, "MmCopyMemory", HF_STATUS_UNAVAILABLE);
    }
    Mapping->Copy = ExAllocatePoolWithTag(NonPagedPool, Mapping->Bytes, COPY_TAG);
    if (Mapping->Copy == NULL) {
        return Decided(Mapping, "ExAllocatePoolWithTag", STATUS_INSUFFICIENT_RESOURCES);
    }
    Status = gRoutines.CopyMemory(Mapping->Copy, Source, Mapping->Bytes, MM_COPY_MEMORY_PHYSICAL, &Copied);
    if (NT_SUCCESS(Status) && (Copied != Mapping->Bytes)) {
        Status = STATUS_PARTIAL_COPY;
    }
    if (Status != STATUS_SUCCESS) {
        ExFreePoolWithTag(Mapping->Copy, COPY_TAG);
        return Decided(Mapping, "MmCopyMemory", Status);
    }
    Mapping->VirtualAddress = Mapping->Copy;
    return Decided(Mapping, "MmCopyMemory", STATUS_SUCCESS);
}

/* The copy is this run's data: a later scan of memory is not to take it for the block. */
static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    RtlZeroMemory(Mapping->Copy, Mapping->Bytes);
    ExFreePoolWithTag(Mapping->Copy, COPY_TAG);
    return Decided(Mapping, "ExFreePoolWithTag", STATUS_SUCCESS);
}

const HF_STRATEGY gMapCopy = {HF_VARIANT(HfVariantPlain), Map, Unmap};
