/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The memory routines that ntoskrnl exports under their C names. Any IRQL for resident memory. */
#include "nt.h"

void *memcpy(void *Destination, const void *Source, size_t Size)
{
    void *Start = Destination;

    __asm__ volatile("rep movsb" : "+D"(Destination), "+S"(Source), "+c"(Size) : : "memory");
    return Start;
}

void *memset(void *Destination, int Value, size_t Size)
{
    void *Start = Destination;

    __asm__ volatile("rep stosb" : "+D"(Destination), "+c"(Size) : "a"(Value) : "memory");
    return Start;
}

void *memmove(void *Destination, const void *Source, size_t Size)
{
    UCHAR *To = Destination;
    const UCHAR *From = Source;

    if ((To <= From) || (To >= From + Size)) {
        return memcpy(Destination, Source, Size);
    }
    while (Size-- != 0) {
        To[Size] = From[Size];
    }
    return Destination;
}

int memcmp(const void *Left, const void *Right, size_t Size)
{
    const UCHAR *A = Left;
    const UCHAR *B = Right;

    for (; Size != 0; A++, B++, Size--) {
        if (*A != *B) {
            return *A - *B;
        }
    }
    return 0;
}

/* DDI: nf-wdm-rtlcomparememory. Any IRQL for resident memory; the number of bytes that match. */
SIZE_T NTAPI RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length)
{
    const UCHAR *A = Source1;
    const UCHAR *B = Source2;
    SIZE_T Index;

    for (Index = 0; (Index < Length) && (A[Index] == B[Index]); Index++) {
    }
    return Index;
}
