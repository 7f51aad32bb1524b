/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* DDI: wdm/nf-wdm-mmallocatemdlforiospace: ranges that an MDL may describe, and those that it may not. */
#include "violation.h"

#define FOUR_GIB 0x100000000ull

/* Where nothing is, neither memory nor a device: a range of any length fits there. */
#define NOTHING_ADDRESS 0x1000000000ll

static VOID SayMdl(const char *Name, MM_PHYSICAL_ADDRESS_LIST *Ranges, SIZE_T Count)
{
    PMDL Mdl = NULL;
    NTSTATUS Status = MmAllocateMdlForIoSpace(Ranges, Count, &Mdl);

    Say(Name, (ULONG)Status);
    if (NT_SUCCESS(Status)) {
        Say("bytes", MmGetMdlByteCount(Mdl));
        Say("last", MmGetMdlPfnArray(Mdl)[MmGetMdlByteCount(Mdl) / PAGE_SIZE - 1]);
        IoFreeMdl(Mdl);
    }
}

static VOID SayRange(const char *Name, LONGLONG Address, SIZE_T Bytes)
{
    MM_PHYSICAL_ADDRESS_LIST Range = {{.QuadPart = Address}, Bytes};

    SayMdl(Name, &Range, 1);
}

static VOID MdlForIoSpace(BOOLEAN Properly)
{
    PVOID Memory = ExAllocatePoolWithTag(NonPagedPool, PAGE_SIZE, VIOLATION_TAG);
    MM_PHYSICAL_ADDRESS_LIST Two[] = {{{.QuadPart = DEVICE_ADDRESS}, PAGE_SIZE}, {{.QuadPart = NOTHING_ADDRESS}, 2 * PAGE_SIZE}};
    MM_PHYSICAL_ADDRESS_LIST Halves[] = {{{.QuadPart = NOTHING_ADDRESS}, FOUR_GIB / 2},
                                         {{.QuadPart = 2 * NOTHING_ADDRESS}, FOUR_GIB / 2}};

    UNREFERENCED_PARAMETER(Properly);
    SayRange("misaligned-address", DEVICE_ADDRESS + 1, PAGE_SIZE);
    SayRange("misaligned-size", DEVICE_ADDRESS, PAGE_SIZE + 1);
    SayRange("memory", MmGetPhysicalAddress(Memory).QuadPart, PAGE_SIZE);
    SayRange("unaddressable", UNADDRESSABLE, PAGE_SIZE);
    SayRange("four-gib", NOTHING_ADDRESS, FOUR_GIB);
    SayMdl("halves-of-four-gib", Halves, RTL_NUMBER_OF(Halves));
    SayRange("no-bytes", DEVICE_ADDRESS, 0);
    SayMdl("no-ranges", Two, 0);
    SayMdl("two", Two, RTL_NUMBER_OF(Two));
    ExFreePoolWithTag(Memory, VIOLATION_TAG);
}

/* The longest that there may be, whose MDL alone takes 8 MiB. */
static VOID LongestMdlForIoSpace(BOOLEAN Properly)
{
    UNREFERENCED_PARAMETER(Properly);
    SayRange("longest", NOTHING_ADDRESS, FOUR_GIB - PAGE_SIZE);
}

const VIOLATION gIoMdlUses[] = {
    {"use-mdl-for-io-space", MdlForIoSpace},
    {"use-longest-mdl-for-io-space", LongestMdlForIoSpace},
    {NULL, NULL},
};
