/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A view of the section \Device\PhysicalMemory (DDI: wdm/nf-wdm-zwmapviewofsection). Kernel callers only, since Windows
 * Server 2003 SP1 (WDD: kernel/section-objects-and-views). The view lies in the user half of the process that maps it.
 */
#include "mapping.h"

/* Views begin at multiples of the allocation granularity; whether smaller offsets work is not documented. */
#define VIEW_GRANULARITY 0x10000ull

/* What the view will be mapped for, and no more. */
static ACCESS_MASK AccessFor(const HF_MAPPING *Mapping)
{
    return ((PageProtectionFor(Mapping) & PAGE_READONLY) != 0) ? SECTION_MAP_READ : SECTION_MAP_READ | SECTION_MAP_WRITE;
}

/* A view is shared with the processes that are created later, or not (DDI: wdm/nf-wdm-zwmapviewofsection). */
static SECTION_INHERIT DispositionFor(const HF_MAPPING *Mapping)
{
    return ((Mapping->Variant == HfVariantShare) || (Mapping->Variant == HfVariantReadOnlyShare)) ? ViewShare : ViewUnmap;
}

static NTSTATUS OpenPhysicalMemory(ACCESS_MASK Access, HANDLE *Section)
{
    UNICODE_STRING Name;
    OBJECT_ATTRIBUTES Attributes;

    RtlInitUnicodeString(&Name, L"\\Device\\PhysicalMemory");
    InitializeObjectAttributes(&Attributes, &Name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    return ZwOpenSection(Section, Access, &Attributes);
}

static NTSTATUS Map(HF_MAPPING *Mapping)
{
    ULONGLONG IntoView = (ULONGLONG)Mapping->Address.QuadPart % VIEW_GRANULARITY;
    LARGE_INTEGER Offset;
    SIZE_T ViewSize = Mapping->Bytes + IntoView;
    NTSTATUS Status;

    Status = OpenPhysicalMemory(AccessFor(Mapping), &Mapping->Section);
    if (!NT_SUCCESS(Status)) {
        return Decided(Mapping, "ZwOpenSection", Status);
    }
    Offset.QuadPart = Mapping->Address.QuadPart - (LONGLONG)IntoView;
    Mapping->View = NULL;
    Status = ZwMapViewOfSection(Mapping->Section, ZwCurrentProcess(), &Mapping->View, 0, ViewSize, &Offset, &ViewSize,
                                DispositionFor(Mapping), 0, PageProtectionFor(Mapping));
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

const HF_STRATEGY gMapSection = {
    HF_VARIANT(HfVariantPlain) | HF_VARIANT(HfVariantReadOnly) | HF_VARIANT(HfVariantShare) |
        HF_VARIANT(HfVariantReadOnlyShare),
    Map, Unmap,
};
