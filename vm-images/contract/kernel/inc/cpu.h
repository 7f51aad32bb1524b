/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Instructions that C has no words for. */
#ifndef CPU_H
#define CPU_H

#include "nt.h"

#define CR0_WRITE_PROTECT (1ull << 16)
#define CR0_MONITOR_COPROCESSOR (1ull << 1)
#define CR0_EMULATION (1ull << 2)
#define CR0_TASK_SWITCHED (1ull << 3)
#define CR4_GLOBAL_PAGES (1ull << 7)
#define CR4_FXSAVE (1ull << 9)
#define CR4_SIMD_EXCEPTIONS (1ull << 10)
#define CR4_SMEP (1ull << 20)
#define CR4_SMAP (1ull << 21)

#define MSR_PAT 0x277u
#define MSR_GS_BASE 0xC0000101u

/* CPUID leaf 7, EBX */
#define CPUID7_SMEP (1u << 7)

FORCEINLINE ULONG64 KiReadCr0(VOID) { ULONG64 Value; __asm__ volatile("mov %%cr0, %0" : "=r"(Value)); return Value; }
FORCEINLINE ULONG64 KiReadCr2(VOID) { ULONG64 Value; __asm__ volatile("mov %%cr2, %0" : "=r"(Value)); return Value; }
FORCEINLINE ULONG64 KiReadCr3(VOID) { ULONG64 Value; __asm__ volatile("mov %%cr3, %0" : "=r"(Value)); return Value; }
FORCEINLINE ULONG64 KiReadCr4(VOID) { ULONG64 Value; __asm__ volatile("mov %%cr4, %0" : "=r"(Value)); return Value; }
FORCEINLINE VOID KiWriteCr0(ULONG64 Value) { __asm__ volatile("mov %0, %%cr0" : : "r"(Value) : "memory"); }
FORCEINLINE VOID KiWriteCr3(ULONG64 Value) { __asm__ volatile("mov %0, %%cr3" : : "r"(Value) : "memory"); }
FORCEINLINE VOID KiWriteCr4(ULONG64 Value) { __asm__ volatile("mov %0, %%cr4" : : "r"(Value) : "memory"); }

FORCEINLINE VOID KiInvalidatePage(ULONG64 Address)
{
    __asm__ volatile("invlpg (%0)" : : "r"(Address) : "memory");
}

FORCEINLINE VOID KiWriteMsr(ULONG Msr, ULONG64 Value)
{
    __asm__ volatile("wrmsr" : : "c"(Msr), "a"((ULONG)Value), "d"((ULONG)(Value >> 32)) : "memory");
}

FORCEINLINE ULONG KiCpuid7Ebx(VOID)
{
    ULONG Eax = 7, Ebx, Ecx = 0, Edx;

    __asm__ volatile("cpuid" : "+a"(Eax), "=b"(Ebx), "+c"(Ecx), "=d"(Edx));
    return Ebx;
}

/* Intel SDM volume 2A, CPUID: the width of physical addresses in bits. */
FORCEINLINE ULONG KiPhysicalAddressBits(VOID)
{
    ULONG Eax = 0x80000008, Ebx, Ecx = 0, Edx;

    __asm__ volatile("cpuid" : "+a"(Eax), "=b"(Ebx), "+c"(Ecx), "=d"(Edx));
    return Eax & 0xFF;
}

FORCEINLINE UCHAR KiReadPort8(USHORT Port)
{
    UCHAR Value;

    __asm__ volatile("inb %1, %0" : "=a"(Value) : "Nd"(Port) : "memory");
    return Value;
}

FORCEINLINE VOID KiWritePort8(USHORT Port, UCHAR Value)
{
    __asm__ volatile("outb %0, %1" : : "a"(Value), "Nd"(Port) : "memory");
}

FORCEINLINE VOID KiWritePort16(USHORT Port, USHORT Value)
{
    __asm__ volatile("outw %0, %1" : : "a"(Value), "Nd"(Port) : "memory");
}

FORCEINLINE VOID KiWritePort32(USHORT Port, ULONG Value)
{
    __asm__ volatile("outl %0, %1" : : "a"(Value), "Nd"(Port) : "memory");
}

#endif
