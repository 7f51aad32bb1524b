/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The worst OS that UEFI allows: what it may reclaim, it overwrites, every byte of it, before anybody can look. So what
 * is still there afterwards was safe by contract.
 *
 * A device does the writing where there is one that can, as a processor that QEMU emulates takes several times as long
 * over a page that it has not seen before.
 */
#include "mm.h"

#include "hal.h"

/* Neither zero, which firmware or QEMU might have left, nor a pointer or an instruction that works. overwrite.bin has it too. */
#define RECLAIM_PATTERN 0xDEADF1E1D5EAF00Dull

static VOID StorePages(PFN_NUMBER First, PFN_NUMBER Count)
{
    PVOID Start = MiPhysicalToVirtual(First << PAGE_SHIFT);
    ULONG64 Words = Count * (PAGE_SIZE / sizeof(ULONG64));

    __asm__ volatile("rep stosq" : "+D"(Start), "+c"(Words) : "a"(RECLAIM_PATTERN) : "memory");
}

ULONG64 MiReclaimPages(VOID)
{
    BOOLEAN ByDma = HalFindDmaPattern();
    PFN_NUMBER Start = 0;
    PFN_NUMBER First;
    PFN_NUMBER Count;
    PFN_NUMBER Page;
    PFN_NUMBER Run;
    ULONG64 Reclaimed = 0;

    while (MiNextRamRange(&Start, &First, &Count)) {
        for (Page = First; Page < First + Count; Page += max(Run, 1)) {
            for (Run = 0; (Page + Run < First + Count) && (MiPfn(Page + Run)->State == MiPageFree);) {
                Run++;
            }
            if (!ByDma || !HalDmaFill(Page << PAGE_SHIFT, Run << PAGE_SHIFT)) {
                StorePages(Page, Run);
            }
            Reclaimed += Run;
        }
    }
    return Reclaimed;
}
