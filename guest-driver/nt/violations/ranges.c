/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* DDI: ntddk/nf-ntddk-mmgetphysicalmemoryranges, -ex, -ex2: three routines, and one answer where there is one partition. */
#include "violation.h"

#define UNKNOWN_FLAG 0x80

/* Says how many ranges there are and how many bytes in all; a list ends in an entry of zeros. */
static VOID SayRanges(const char *Name, PPHYSICAL_MEMORY_RANGE Ranges)
{
    ULONGLONG Bytes = 0;
    ULONG Count = 0;

    Say(Name, Ranges != NULL);
    if (Ranges == NULL) {
        return;
    }
    while ((Ranges[Count].BaseAddress.QuadPart != 0) || (Ranges[Count].NumberOfBytes.QuadPart != 0)) {
        Bytes += (ULONGLONG)Ranges[Count].NumberOfBytes.QuadPart;
        Count++;
    }
    Say("ranges", Count);
    Say("bytes", Bytes);
    ExFreePool(Ranges);
}

static VOID GetRanges(BOOLEAN Properly)
{
    MM_GET_PHYSICAL_MEMORY_RANGES_EX *GetEx = (MM_GET_PHYSICAL_MEMORY_RANGES_EX *)Resolve(L"MmGetPhysicalMemoryRangesEx");
    MM_GET_PHYSICAL_MEMORY_RANGES_EX2 *GetEx2 =
        (MM_GET_PHYSICAL_MEMORY_RANGES_EX2 *)Resolve(L"MmGetPhysicalMemoryRangesEx2");
    ULONG NoPartition = 0;

    UNREFERENCED_PARAMETER(Properly);
    SayRanges("first", MmGetPhysicalMemoryRanges());
    Say("ex-there", GetEx != NULL);
    if (GetEx != NULL) {
        SayRanges("ex", GetEx(NULL));
        SayRanges("ex-other-partition", GetEx(&NoPartition));
    }
    Say("ex2-there", GetEx2 != NULL);
    if (GetEx2 != NULL) {
        SayRanges("ex2", GetEx2(NULL, 0));
        SayRanges("ex2-file-only", GetEx2(NULL, MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_FILE_ONLY));
        SayRanges("ex2-all-partitions", GetEx2(NULL, MM_GET_PHYSICAL_MEMORY_RANGES_INCLUDE_ALL_PARTITIONS));
        SayRanges("ex2-other-flag", GetEx2(NULL, UNKNOWN_FLAG));
    }
}

const VIOLATION gRangesUses[] = {
    {"use-memory-ranges", GetRanges},
    {NULL, NULL},
};
