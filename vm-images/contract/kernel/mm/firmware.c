/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The identity map that UEFI's runtime services are called in. SetVirtualAddressMap was never called, so they want to
 * find their memory at its physical addresses (UEFI specification, 8.1 and 2.3.4). It is there only while one runs: at any
 * other time a driver that takes a physical address for a pointer faults.
 */
#include "mm.h"

#include "cpu.h"
#include "hal.h"

/* EFI_MEMORY_RUNTIME: what the firmware still needs once boot services have ended. */
#define ATTRIBUTE_RUNTIME 0x8000000000000000ull
#define ATTRIBUTE_WRITE_BACK 0x8ull

/* The root's entries for addresses below PHYSICAL_MAP_LIMIT. The user half begins above them. */
#define ROOT_ENTRY_BYTES (1ull << 39)
#define ROOT_ENTRIES (PHYSICAL_MAP_LIMIT / ROOT_ENTRY_BYTES)

static ULONG64 FirmwareEntries[ROOT_ENTRIES];

static ULONG64 *Root(VOID)
{
    return MiPhysicalToVirtual(KiReadCr3() & PTE_PAGE_MASK);
}

static VOID MapDescriptor(const LOADER_MEMORY_DESCRIPTOR *Descriptor)
{
    ULONG64 Flags = PTE_WRITE;
    ULONG64 Address = Descriptor->PhysicalStart;
    ULONG64 Index;

    if ((Descriptor->Attribute & ATTRIBUTE_WRITE_BACK) == 0) {
        Flags |= PTE_CACHE_DISABLE | PTE_WRITE_THROUGH;
    }
    for (Index = 0; Index < Descriptor->NumberOfPages; Index++, Address += PAGE_SIZE) {
        if ((Address >= PHYSICAL_MAP_LIMIT) || !MiMapPage(Address, Address >> PAGE_SHIFT, Flags)) {
            HalEndFatally("no-memory", "runtime-services", STATUS_NO_MEMORY);
        }
    }
}

VOID MiEnterFirmwareMap(VOID)
{
    RtlCopyMemory(Root(), FirmwareEntries, sizeof(FirmwareEntries));
    KiWriteCr3(KiReadCr3());
}

VOID MiLeaveFirmwareMap(VOID)
{
    RtlZeroMemory(Root(), sizeof(FirmwareEntries));
    KiWriteCr3(KiReadCr3());
}

VOID MiInitializeFirmwareMap(const LOADER_BLOCK *Block)
{
    const LOADER_MEMORY_DESCRIPTOR *Descriptor;
    ULONG64 Offset;

    for (Offset = 0; Offset < Block->MemoryMapSize; Offset += Block->DescriptorSize) {
        Descriptor = MiPhysicalToVirtual(Block->MemoryMap + Offset);
        if ((Descriptor->Attribute & ATTRIBUTE_RUNTIME) != 0) {
            MapDescriptor(Descriptor);
        }
    }
    RtlCopyMemory(FirmwareEntries, Root(), sizeof(FirmwareEntries));
    MiLeaveFirmwareMap();
}
