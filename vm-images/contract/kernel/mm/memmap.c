/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "memmap.h"

#include "hal.h"
#include "model.h"

#define DESCRIPTORS_MAX 512

/* EFI_MEMORY_WB: memory that may be cached, and so is in the physical map. */
#define ATTRIBUTE_WRITE_BACK 0x8ull

/* What an OS may do with memory once boot services have ended (UEFI specification, 7.2, memory type usage). */
typedef struct {
    BOOLEAN HasPfn;
    BOOLEAN Ram;
} TYPE_POLICY;

static const TYPE_POLICY Policies[] = {
    {TRUE, FALSE},      /* Reserved */
    {TRUE, TRUE},       /* LoaderCode */
    {TRUE, TRUE},       /* LoaderData */
    {TRUE, TRUE},       /* BootServicesCode */
    {TRUE, TRUE},       /* BootServicesData */
    {TRUE, FALSE},      /* RuntimeServicesCode */
    {TRUE, FALSE},      /* RuntimeServicesData */
    {TRUE, TRUE},       /* Conventional */
    {TRUE, FALSE},      /* Unusable */
    {TRUE, FALSE},      /* ACPIReclaim, until the tables are read */
    {TRUE, FALSE},      /* ACPINVS */
    {FALSE, FALSE},     /* MemoryMappedIO */
    {FALSE, FALSE},     /* MemoryMappedIOPortSpace */
    {TRUE, FALSE},      /* PalCode */
    {TRUE, FALSE},      /* Persistent */
};

/* OEM and OS types, and whatever a later specification adds: somebody's, so not the OS's to take. */
static const TYPE_POLICY UnknownPolicy = {TRUE, FALSE};

static const LOADER_BLOCK *Map;
static const LOADER_MEMORY_DESCRIPTOR *Sorted[DESCRIPTORS_MAX];
static ULONG SortedCount;

static TYPE_POLICY PolicyOf(ULONG MemoryType)
{
    TYPE_POLICY Policy = (MemoryType < ARRAYSIZE(Policies)) ? Policies[MemoryType] : UnknownPolicy;

    if (!Policy.Ram && ModelIsOther(ModelPfn)) {
        Policy.HasPfn = (MemoryType == TYPE_ACPI_RECLAIM) && ModelIsOther(ModelAcpiReclaim);
    }
    return Policy;
}

BOOLEAN MiIsInPhysicalMap(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    return ((Descriptor->Attribute & ATTRIBUTE_WRITE_BACK) != 0) &&
           (Descriptor->PhysicalStart + Descriptor->NumberOfPages * PAGE_SIZE <= PHYSICAL_MAP_LIMIT);
}

BOOLEAN MiIsUsableRam(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    return PolicyOf(Descriptor->Type).Ram && MiIsInPhysicalMap(Descriptor);
}

/* The specification does not promise an order. */
VOID MiReadMemoryMap(const LOADER_BLOCK *Block)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    ULONG64 Offset;
    ULONG Place;

    Map = Block;
    for (Offset = 0; Offset < Block->MemoryMapSize; Offset += Block->DescriptorSize) {
        Descriptor = MiPhysicalToVirtual(Block->MemoryMap + Offset);
        if (!PolicyOf(Descriptor->Type).HasPfn || (Descriptor->NumberOfPages == 0)) {
            continue;
        }
        if (SortedCount == DESCRIPTORS_MAX) {
            HalEndFatally("memory-map", "too-many-descriptors", STATUS_INSUFFICIENT_RESOURCES);
        }
        for (Place = SortedCount++; (Place > 0) && (Sorted[Place - 1]->PhysicalStart > Descriptor->PhysicalStart);
             Place--) {
            Sorted[Place] = Sorted[Place - 1];
        }
        Sorted[Place] = Descriptor;
    }
}

const LOADER_MEMORY_DESCRIPTOR *MiMemoryAt(ULONG Index)
{
    return (Index < SortedCount) ? Sorted[Index] : NULL;
}

VOID MiSayIfDisputed(PFN_NUMBER Page)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    ULONG64 Offset;

    for (Offset = 0; !MiIsRam(Page) && (Offset < Map->MemoryMapSize); Offset += Map->DescriptorSize) {
        Descriptor = MiPhysicalToVirtual(Map->MemoryMap + Offset);
        if ((Page - (Descriptor->PhysicalStart >> PAGE_SHIFT) < Descriptor->NumberOfPages) &&
            ((Descriptor->Type >= ARRAYSIZE(Policies)) || Policies[Descriptor->Type].HasPfn)) {
            (VOID)ModelDecides(ModelPfn);
        }
    }
}
