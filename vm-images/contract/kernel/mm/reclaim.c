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

/* One page in so many that pressure took is given back: page tables, MDLs and pool of a driver want some. */
#define PRESSURE_GIVES_BACK 16

static VOID StorePages(PFN_NUMBER First, PFN_NUMBER Count)
{
    PVOID Start = MiPhysicalToVirtual(First << PAGE_SHIFT);
    ULONG64 Words = Count * (PAGE_SIZE / sizeof(ULONG64));

    __asm__ volatile("rep stosq" : "+D"(Start), "+c"(Words) : "a"(RECLAIM_PATTERN) : "memory");
}

/* Overwrites the free pages of a range; returns their number. */
static ULONG64 OverwriteRange(PFN_NUMBER First, PFN_NUMBER Count, BOOLEAN ByDma)
{
    PFN_NUMBER Page;
    PFN_NUMBER Run;
    ULONG64 Overwritten = 0;

    for (Page = First; Page < First + Count; Page += max(Run, 1)) {
        for (Run = 0; (Page + Run < First + Count) && (MiPfn(Page + Run)->State == MiPageFree);) {
            Run++;
        }
        if (!ByDma || !HalDmaFill(Page << PAGE_SHIFT, Run << PAGE_SHIFT)) {
            StorePages(Page, Run);
        }
        Overwritten += Run;
    }
    return Overwritten;
}

static ULONG64 OverwriteFreePages(VOID)
{
    BOOLEAN ByDma = HalFindDmaPattern();
    PFN_NUMBER Start = 0;
    PFN_NUMBER First;
    PFN_NUMBER Count;
    ULONG64 Overwritten = 0;

    while (MiNextRamRange(&Start, &First, &Count)) {
        Overwritten += OverwriteRange(First, Count, ByDma);
    }
    return Overwritten;
}

static VOID BeginReport(HF_FRAME *Frame, const char *Stage, ULONG64 Pages)
{
    HalBeginFrame(Frame, "guest.reclaimed");
    HfFrameText(Frame, "stage", Stage);
    HfFrameCount(Frame, "pages", Pages);
    HfFrameCount(Frame, "bytes", Pages * PAGE_SIZE);
}

VOID MiReclaimBootMemory(VOID)
{
    HF_FRAME Frame;

    BeginReport(&Frame, "boot", OverwriteFreePages());
    HalSendFrame(&Frame);
}

VOID MiReclaimAcpiMemory(VOID)
{
    BOOLEAN ByDma = HalFindDmaPattern();
    HF_FRAME Frame;
    PFN_NUMBER First;
    PFN_NUMBER Count;
    ULONG Next = 0;
    ULONG64 Overwritten = 0;

    while (MiFreeAcpiRange(&Next, &First, &Count)) {
        Overwritten += OverwriteRange(First, Count, ByDma);
    }
    BeginReport(&Frame, "acpi", Overwritten);
    HalSendFrame(&Frame);
}

/* Takes every free page, each with the number of the one before in its first word. Returns the last one's; *Count of them. */
static PFN_NUMBER TakeAllPages(ULONG64 *Count)
{
    PFN_NUMBER Last = 0;
    PFN_NUMBER Page;

    for (*Count = 0; (Page = MiAllocatePage(MiPageInUse)) != 0; (*Count)++) {
        *(PFN_NUMBER *)MiPhysicalToVirtual(Page << PAGE_SHIFT) = Last;
        Last = Page;
    }
    return Last;
}

/* Gives pages back, the last taken first, as they were overwritten. */
static VOID GiveBack(PFN_NUMBER Last, ULONG64 Count)
{
    PFN_NUMBER *Word;
    PFN_NUMBER Before;

    for (; Count != 0; Count--) {
        Word = MiPhysicalToVirtual(Last << PAGE_SHIFT);
        Before = *Word;
        *Word = RECLAIM_PATTERN;
        MiFreePage(Last);
        Last = Before;
    }
}

VOID MiExhaustMemory(VOID)
{
    HF_FRAME Frame;
    ULONG64 Taken;
    PFN_NUMBER Last;

    (VOID)OverwriteFreePages();
    Last = TakeAllPages(&Taken);
    GiveBack(Last, Taken / PRESSURE_GIVES_BACK);
    BeginReport(&Frame, "pressure", Taken);
    HfFrameCount(&Frame, "returned", Taken / PRESSURE_GIVES_BACK);
    HalSendFrame(&Frame);
}
