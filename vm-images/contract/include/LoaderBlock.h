/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What loader.efi hands to kernel.exe. Both are built together, so a difference in size is a mixed-up installation.
 *
 * Addresses are physical unless they say otherwise. Everything they point at lies in the arena, the one run of pages
 * that the kernel does not overwrite.
 */
#ifndef LOADER_BLOCK_H
#define LOADER_BLOCK_H

#include "hf_types.h"

#define LOADER_BLOCK_VERSION 3u

/* The kernel half of the address space. The loader builds the first two areas, the kernel the others. */
#define KERNEL_IMAGE_BASE 0xFFFFF80000000000ull
#define PHYSICAL_MAP_BASE 0xFFFF900000000000ull     /* every page of RAM at this plus its physical address */

/* The most RAM that the physical map and the kernel's tables are meant for: 1 TiB. */
#define PHYSICAL_MAP_LIMIT 0x10000000000ull

/* What UEFI calls the memory descriptors it returns; the stride between two of them may be larger. */
typedef struct {
    HF_UINT32 Type;
    HF_UINT32 Pad;
    HF_UINT64 PhysicalStart;
    HF_UINT64 VirtualStart;
    HF_UINT64 NumberOfPages;
    HF_UINT64 Attribute;
} LOADER_MEMORY_DESCRIPTOR;

typedef struct {
    HF_UINT32 Version;
    HF_UINT32 Size;                     /* of this structure */
    HF_UINT64 ArenaBase;
    HF_UINT64 ArenaPages;
    HF_UINT64 KernelImage;
    HF_UINT64 KernelImageSize;
    HF_UINT64 PageTables;               /* the first is the root */
    HF_UINT64 PageTablePages;
    HF_UINT64 MemoryMap;
    HF_UINT64 MemoryMapSize;
    HF_UINT64 DescriptorSize;
    HF_UINT64 Plan;                     /* HF_PLAN */
    HF_UINT64 PlanSize;                 /* of that structure */
    HF_UINT64 DriverFile;
    HF_UINT64 DriverFileSize;
    HF_UINT64 RuntimeServices;          /* UEFI's table, in physical mode; its memory is marked EFI_MEMORY_RUNTIME */
    HF_UINT64 AcpiRsdp;                 /* 0 where the firmware has no ACPI tables */
    HF_UINT32 SignatureStatus;          /* NTSTATUS of the driver's signature check */
    HF_UINT32 FrameSequence;            /* number of the guest's next frame */
} LOADER_BLOCK;

#endif
