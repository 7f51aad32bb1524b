/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "peek.h"

#include "mapping.h"
#include "routines.h"

NTSTATUS PeekBegin(HF_PEEK *Peek)
{
    Peek->Ranges = MmGetPhysicalMemoryRanges();
    return (Peek->Ranges == NULL) ? STATUS_INSUFFICIENT_RESOURCES : STATUS_SUCCESS;
}

VOID PeekEnd(HF_PEEK *Peek)
{
    ExFreePool(Peek->Ranges);
    Peek->Ranges = NULL;
}

/* The array ends in a range of zeroes (DDI: ntddk/nf-ntddk-mmgetphysicalmemoryranges). */
static BOOLEAN IsSystemMemory(const HF_PEEK *Peek, PHYSICAL_ADDRESS Page)
{
    const PHYSICAL_MEMORY_RANGE *Range;

    for (Range = Peek->Ranges; (Range->BaseAddress.QuadPart != 0) || (Range->NumberOfBytes.QuadPart != 0); Range++) {
        if ((Page.QuadPart >= Range->BaseAddress.QuadPart) &&
            (Page.QuadPart - Range->BaseAddress.QuadPart < Range->NumberOfBytes.QuadPart)) {
            return TRUE;
        }
    }
    return FALSE;
}

static NTSTATUS CopyMapped(const HF_STRATEGY *Strategy, PHYSICAL_ADDRESS Page, PVOID Buffer, SIZE_T Bytes)
{
    HF_MAPPING Mapping = {.Address = Page, .Bytes = PAGE_SIZE, .CacheType = MmCached};
    NTSTATUS Status = Strategy->Map(&Mapping);

    if (NT_SUCCESS(Status)) {
        RtlCopyMemory(Buffer, Mapping.VirtualAddress, Bytes);
        Status = Strategy->Unmap(&Mapping);
    }
    return Status;
}

NTSTATUS PeekPage(const HF_PEEK *Peek, PHYSICAL_ADDRESS Page, PVOID Buffer, SIZE_T Bytes)
{
    MM_COPY_ADDRESS Source = {.PhysicalAddress = Page};
    SIZE_T Copied;
    NTSTATUS Status;

    if (!IsSystemMemory(Peek, Page) && (gRoutines.AllocateMdlForIoSpace != NULL)) {
        return CopyMapped(&gMapMdlForIoSpace, Page, Buffer, Bytes);
    }
    if (IsSystemMemory(Peek, Page) && (gRoutines.CopyMemory != NULL)) {
        Status = gRoutines.CopyMemory(Buffer, Source, Bytes, MM_COPY_MEMORY_PHYSICAL, &Copied);
        return (NT_SUCCESS(Status) && (Copied != Bytes)) ? STATUS_PARTIAL_COPY : Status;
    }
    /* Kernels before Windows 8.1, and 8 for the MDL: a view works for either kind of page. */
    return CopyMapped(&gMapSection, Page, Buffer, Bytes);
}
