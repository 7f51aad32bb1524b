/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A view of the section \Device\PhysicalMemory (DDI: wdm/nf-wdm-zwmapviewofsection). Kernel callers only, since Windows
 * Server 2003 SP1 (WDD: kernel/section-objects-and-views). The view lies in the user half of the process that maps it.
 */
#include "mapping.h"

/* Views begin at multiples of the allocation granularity; whether smaller offsets work is not documented. */
#define VIEW_GRANULARITY 0x10000ull

static ULONG ProtectionFor(MEMORY_CACHING_TYPE CacheType)
{
    switch (CacheType) {
    case MmNonCached:
        return PAGE_READWRITE | PAGE_NOCACHE;
    case MmWriteCombined:
        return PAGE_READWRITE | PAGE_WRITECOMBINE;
    default:
        return PAGE_READWRITE;
    }
}

static NTSTATUS OpenPhysicalMemory(HANDLE *Section)
{
    UNICODE_STRING Name;
    OBJECT_ATTRIBUTES Attributes;

    RtlInitUnicodeString(&Name, L"\\Device\\PhysicalMemory");
    InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    return ZwOpenSection(Section, SECTION_MAP_READ | SECTION_MAP_WRITE, &Attributes);
}

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    ULONGLONG IntoView = (ULONGLONG)Mapping->Address.QuadPart % VIEW_GRANULARITY;
    LARGE_INTEGER Offset;
    SIZE_T ViewSize = Mapping->Bytes + IntoView;
    NTSTATUS Status;

    Status = OpenPhysicalMemory(&Mapping->Section);
    if (!NT_SUCCESS(Status)) {
        return Decided(Mapping, "ZwOpenSection", Status);
    }
    Offset.QuadPart = Mapping->Address.QuadPart - (LONGLONG)IntoView;
    Mapping->View = NULL;
    Status = ZwMapViewOfSection(Mapping->Section, ZwCurrentProcess(), &Mapping->View, 0, ViewSize, &Offset, &ViewSize,
                                ViewUnmap, 0, ProtectionFor(Mapping->CacheType));
    if (!NT_SUCCESS(Status)) {
        (void)ZwClose(Mapping->Section);
        return Decided(Mapping, "ZwMapViewOfSection", Status);
    }
    Mapping->VirtualAddress = (PUCHAR)Mapping->View + IntoView;
    return Decided(Mapping, "ZwMapViewOfSection", STATUS_SUCCESS);
}

static NTSTATUS Unmap(HF_MAPPING *Mapping)
{
    NTSTATUS Unmapped = ZwUnmapViewOfSection(ZwCurrentProcess(), Mapping->View);
    NTSTATUS Closed = ZwClose(Mapping->Section);

    if (!NT_SUCCESS(Unmapped)) {
        return Decided(Mapping, "ZwUnmapViewOfSection", Unmapped);
    }
    return Decided(Mapping, "ZwClose", Closed);
}

const HF_STRATEGY gMapSection = {Map, Unmap};
