/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Address space reserved beforehand, and an MDL for I/O space mapped into it (DDI: wdm/nf-wdm-mmallocatemappingaddress,
 * wdm/nf-wdm-mmmaplockedpageswithreservedmapping), so that the mapping itself can't fail for want of address space.
 * A divisible reservation (Windows 10, version 2004) takes several MDLs at offsets of its own: here two, one behind the
 * other.
 */
#include "mapping.h"
#include "routines.h"

#define RESERVATION_TAG 'vsrH'

static VOID Undo(HF_RESERVED *Reserved)
{
    ULONG Index;

    for (Index = 0; Index < Reserved->Parts; Index++) {
        if (Reserved->Mapped[Index] != NULL) {
            MmUnmapReservedMapping(Reserved->Mapped[Index], RESERVATION_TAG, Reserved->Mdls[Index]);
        }
        IoFreeMdl(Reserved->Mdls[Index]);
    }
    if (Reserved->Base != NULL) {
        MmFreeMappingAddress(Reserved->Base, RESERVATION_TAG);
    }
}

/* Describes part of the block by the reservation's next MDL. */
static NTSTATUS DescribePart(HF_MAPPING *Mapping, SIZE_T Offset, SIZE_T Bytes)
{
    HF_RESERVED *Reserved = &Mapping->Reserved;
    MM_PHYSICAL_ADDRESS_LIST Range = {.NumberOfBytes = Bytes};
    NTSTATUS Status;

    Range.PhysicalAddress.QuadPart = Mapping->Address.QuadPart + (LONGLONG)Offset;
    Status = gRoutines.AllocateMdlForIoSpace(&Range, 1, &Reserved->Mdls[Reserved->Parts]);
    if (NT_SUCCESS(Status)) {
        Reserved->Mapped[Reserved->Parts] = NULL;
        Reserved->Parts++;
    }
    return Status;
}

static NTSTATUS DescribeBlock(HF_MAPPING *Mapping)
{
    SIZE_T First = Mapping->Bytes;
    NTSTATUS Status;

    Mapping->Reserved.Parts = 0;
    if ((Mapping->Variant == HfVariantDivisible) && (Mapping->Bytes > PAGE_SIZE)) {
        First = Mapping->Bytes / PAGE_SIZE / HF_RESERVED_PARTS * PAGE_SIZE;
    }
    Status = DescribePart(Mapping, 0, First);
    if (NT_SUCCESS(Status) && (First < Mapping->Bytes)) {
        Status = DescribePart(Mapping, First, Mapping->Bytes - First);
    }
    return Status;
}

/* Maps the MDLs one behind the other. */
static NTSTATUS MapParts(HF_MAPPING *Mapping)
{
    HF_RESERVED *Reserved = &Mapping->Reserved;
    PUCHAR Next = Reserved->Base;
    ULONG Index;

    for (Index = 0; Index < Reserved->Parts; Index++) {
        Reserved->Mapped[Index] =
            MmMapLockedPagesWithReservedMapping(Next, RESERVATION_TAG, Reserved->Mdls[Index], Mapping->CacheType);
        if (Reserved->Mapped[Index] == NULL) {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        Next += MmGetMdlByteCount(Reserved->Mdls[Index]);
    }
    return STATUS_SUCCESS;
}

static PVOID Reserve(const HF_MAPPING *Mapping)
{
    return MmAllocateMappingAddress(Mapping->Bytes, RESERVATION_TAG);
}

static PVOID ReserveEx(const HF_MAPPING *Mapping)
{
    ULONG Flags = (Mapping->Variant == HfVariantDivisible) ? MM_MAPPING_ADDRESS_DIVISIBLE : 0;

    return gRoutines.AllocateMappingAddressEx(Mapping->Bytes, RESERVATION_TAG, Flags);
}

/* Routine is the one that Reserving calls. */
static NTSTATUS MapInto(HF_MAPPING *Mapping, const char *Routine, PVOID (*Reserving)(const HF_MAPPING *))
{
    HF_RESERVED *Reserved = &Mapping->Reserved;
    NTSTATUS Status;

    Reserved->Base = NULL;
    if (gRoutines.AllocateMdlForIoSpace == NULL) {
        return Decided(Mapping, "MmAllocateMdlForIoSpace", HF_STATUS_UNAVAILABLE);
    }
    Status = DescribeBlock(Mapping);
    if (!NT_SUCCESS(Status)) {
        Undo(Reserved);
        return Decided(Mapping, "MmAllocateMdlForIoSpace", Status);
    }
    Reserved->Base = Reserving(Mapping);
    if (Reserved->Base == NULL) {
        Undo(Reserved);
        return Decided(Mapping, Routine, STATUS_INSUFFICIENT_RESOURCES);
    }
    Status = MapParts(Mapping);
    if (!NT_SUCCESS(Status)) {
        Undo(Reserved);
        return Decided(Mapping, "MmMapLockedPagesWithReservedMapping", Status);
    }
    Mapping->VirtualAddress = Reserved->Mapped[0];
    return Decided(Mapping, "MmMapLockedPagesWithReservedMapping", STATUS_SUCCESS);
}

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    return MapInto(Mapping, "MmAllocateMappingAddress", Reserve);
}

static NTSTATUS MapEx(HF_MAPPING *Mapping)
{
    if (gRoutines.AllocateMappingAddressEx == NULL) {
        return Decided(Mapping, "MmAllocateMappingAddressEx", HF_STATUS_UNAVAILABLE);
    }
    return MapInto(Mapping, "MmAllocateMappingAddressEx", ReserveEx);
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    Undo(&Mapping->Reserved);
    return Decided(Mapping, "MmFreeMappingAddress", STATUS_SUCCESS);
}

const HF_STRATEGY gMapReserved = {HF_VARIANT(HfVariantPlain), Map, Unmap};
const HF_STRATEGY gMapReservedEx = {HF_VARIANT(HfVariantPlain) | HF_VARIANT(HfVariantDivisible), MapEx, Unmap};
