/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Interrupt gates: Intel SDM volume 3, 6.14.1. */
#include "ke.h"

#include "cpu.h"

/* Present, DPL 0, interrupt gate. */
#define GATE_INTERRUPT 0x8E00

#define VECTORS 256

/* Masks every line of the two 8259 interrupt controllers. */
#define PIC1_DATA 0x21
#define PIC2_DATA 0xA1
#define PIC_ALL_LINES 0xFF

#pragma pack(push, 1)
typedef struct {
    USHORT OffsetLow;
    USHORT Selector;
    USHORT IstAndType;
    USHORT OffsetMiddle;
    ULONG OffsetHigh;
    ULONG Reserved;
} GATE;

typedef struct {
    USHORT Limit;
    ULONG64 Base;
} PSEUDO_DESCRIPTOR;
#pragma pack(pop)

static GATE Idt[VECTORS];

static USHORT StackOf(ULONG Vector)
{
    switch (Vector) {
    case KI_VECTOR_DOUBLE_FAULT:
        return KI_IST_DOUBLE_FAULT;
    case KI_VECTOR_NMI:
        return KI_IST_NMI;
    case KI_VECTOR_MACHINE_CHECK:
        return KI_IST_MACHINE_CHECK;
    default:
        return 0;
    }
}

VOID KiInitializeIdt(VOID)
{
    PSEUDO_DESCRIPTOR Descriptor = {sizeof(Idt) - 1, (ULONG64)Idt};
    ULONG64 Handler;
    ULONG Vector;

    for (Vector = 0; Vector < VECTORS; Vector++) {
        Handler = (ULONG64)KiTrapStubs[Vector];
        Idt[Vector].OffsetLow = (USHORT)Handler;
        Idt[Vector].Selector = KGDT64_R0_CODE;
        Idt[Vector].IstAndType = GATE_INTERRUPT | StackOf(Vector);
        Idt[Vector].OffsetMiddle = (USHORT)(Handler >> 16);
        Idt[Vector].OffsetHigh = (ULONG)(Handler >> 32);
    }
    KiLoadIdt(&Descriptor);

    /* The firmware's timer still ticks there; a driver that enables interrupts must not receive it. */
    KiWritePort8(PIC1_DATA, PIC_ALL_LINES);
    KiWritePort8(PIC2_DATA, PIC_ALL_LINES);
}
