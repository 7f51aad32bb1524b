/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "mm.h"

#include "hal.h"

/* Windows gives a kernel thread on x64 24 KiB (WDD: kernel/using-the-kernel-stack); a guard page lies below. */
#define STACK_PAGES 6

ULONG64 MiCreateKernelStack(ULONG64 *Limit)
{
    ULONG64 Guard = MiReserve(&MiSystemPtes, STACK_PAGES + 1);
    ULONG64 Address;
    PFN_NUMBER Page;

    *Limit = Guard + PAGE_SIZE;
    for (Address = *Limit; Address < *Limit + STACK_PAGES * PAGE_SIZE; Address += PAGE_SIZE) {
        Page = MiAllocatePage(MiPageInUse);
        if ((Page == 0) || !MiMapPage(Address, Page, PTE_WRITE | PTE_NO_EXECUTE)) {
            HalEndFatally("no-memory", "kernel-stack", STATUS_NO_MEMORY);
        }
    }
    return Address;
}
