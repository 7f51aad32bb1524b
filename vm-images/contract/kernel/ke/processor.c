/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "ke.h"

#include "cpu.h"

/*
 * PAT entries as the PTE bits PWT and PCD select them: 0 write-back, 1 write-combining, 2 uncached unless an MTRR says
 * more (UC-), 3 uncached; and the same again for the PAT bit (Intel SDM volume 3, 11.12).
 */
#define PAT_VALUE 0x0007010600070106ull

/* What KeGetCurrentThread and KeGetPcr read through GS: the current thread at 0x188, the structure itself at 0x18. */
#define PCR_SELF 0x18
#define PCR_CURRENT_THREAD 0x188

static UCHAR Pcr[PAGE_SIZE] __attribute__((aligned(PAGE_SIZE)));
static UCHAR SystemThread[PAGE_SIZE] __attribute__((aligned(16)));

/*
 * SMAP stays off: drivers reach user addresses directly, inside try/except, and Windows lets them (WDD:
 * kernel/handling-exceptions). SMEP is on where the processor has it, as on Windows.
 */
VOID KiInitializeProcessor(VOID)
{
    ULONG64 Cr4 = KiReadCr4() | CR4_GLOBAL_PAGES | CR4_FXSAVE | CR4_SIMD_EXCEPTIONS;

    KiWriteCr0((KiReadCr0() | CR0_WRITE_PROTECT | CR0_MONITOR_COPROCESSOR) & ~(CR0_EMULATION | CR0_TASK_SWITCHED));
    Cr4 &= ~CR4_SMAP;
    if ((KiCpuid7Ebx() & CPUID7_SMEP) != 0) {
        Cr4 |= CR4_SMEP;
    }
    KiWriteCr4(Cr4);
    KiWriteMsr(MSR_PAT, PAT_VALUE);

    *(PVOID *)(Pcr + PCR_SELF) = Pcr;
    *(PVOID *)(Pcr + PCR_CURRENT_THREAD) = SystemThread;
    KiWriteMsr(MSR_GS_BASE, (ULONG64)Pcr);
    KeLowerIrql(PASSIVE_LEVEL);
}
