/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reading a little of a physical page without giving Driver Verifier cause to stop the system: a scan passes over the
 * system's own memory long before it reaches a block.
 */
#ifndef HF_PEEK_H
#define HF_PEEK_H

#include <ntddk.h>

/* The system's memory, as MmGetPhysicalMemoryRanges tells it. Null until PeekBegin has succeeded. */
typedef struct {
    PPHYSICAL_MEMORY_RANGE Ranges;
} HF_PEEK;

/* Takes the memory ranges. PASSIVE_LEVEL. STATUS_INSUFFICIENT_RESOURCES where the system has none to give. */
NTSTATUS PeekBegin(HF_PEEK *Peek);

VOID PeekEnd(HF_PEEK *Peek);

/*
 * Copies from the start of a physical page.
 *
 * Page    page-aligned.
 * Buffer  nonpaged.
 * Bytes   at most PAGE_SIZE.
 *
 * Returns the status of the routine that refused. PASSIVE_LEVEL.
 */
NTSTATUS PeekPage(const HF_PEEK *Peek, PHYSICAL_ADDRESS Page, PVOID Buffer, SIZE_T Bytes);

#endif
