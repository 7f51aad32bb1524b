/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Segments and the task state segment: Intel SDM volume 3, 3.4.5 and 8.7. */
#include "ke.h"

#define IST_STACK_SIZE (2 * PAGE_SIZE)

#define GDT_ENTRIES (KGDT64_SYS_TSS / 8 + 2)

/* Present, DPL 0, code or data; code has L set. */
#define DESCRIPTOR_CODE 0x00209B0000000000ull
#define DESCRIPTOR_DATA 0x0000930000000000ull
#define DESCRIPTOR_TSS_AVAILABLE 0x0000890000000000ull

#pragma pack(push, 1)
typedef struct {
    ULONG Reserved0;
    ULONG64 Rsp[3];
    ULONG64 Reserved1;
    ULONG64 Ist[7];
    ULONG64 Reserved2;
    USHORT Reserved3;
    USHORT IoMapBase;
} KTSS;

typedef struct {
    USHORT Limit;
    ULONG64 Base;
} PSEUDO_DESCRIPTOR;
#pragma pack(pop)

static ULONG64 Gdt[GDT_ENTRIES];
static KTSS Tss;
static UCHAR IstStacks[KI_IST_COUNT][IST_STACK_SIZE] __attribute__((aligned(16)));

static VOID SetTssDescriptor(ULONG64 *Entry, ULONG64 Base)
{
    Entry[0] = DESCRIPTOR_TSS_AVAILABLE | (sizeof(Tss) - 1) | ((Base & 0xFFFFFF) << 16) |
               (((Base >> 24) & 0xFF) << 56);
    Entry[1] = Base >> 32;
}

VOID KiInitializeGdt(VOID)
{
    PSEUDO_DESCRIPTOR Descriptor = {sizeof(Gdt) - 1, (ULONG64)Gdt};
    ULONG Index;

    for (Index = 0; Index < KI_IST_COUNT; Index++) {
        Tss.Ist[Index] = (ULONG64)IstStacks[Index] + IST_STACK_SIZE;
    }
    Tss.IoMapBase = sizeof(Tss);

    Gdt[KGDT64_R0_CODE / 8] = DESCRIPTOR_CODE;
    Gdt[KGDT64_R0_DATA / 8] = DESCRIPTOR_DATA;
    SetTssDescriptor(&Gdt[KGDT64_SYS_TSS / 8], (ULONG64)&Tss);
    KiLoadGdt(&Descriptor);
}
