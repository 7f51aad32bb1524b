/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Finds the block by its magic, address by address. */
#include "locate.h"

#include "hf_block.h"
#include "peek.h"

/* Static, because MmCopyMemory wants its target in memory that can't be paged out. */
static DECLSPEC_ALIGN(16) UCHAR mHeader[HF_BLOCK_HEADER_SIZE];

static NTSTATUS Scan(const HF_PEEK *Peek, const HF_PLAN *Plan, PHYSICAL_ADDRESS *Address, ULONG *Visited)
{
    ULONGLONG Candidate = Plan->Locate.From;

    for (;;) {
        Address->QuadPart = (LONGLONG)Candidate;
        *Visited += 1;
        /* A page that can't be read is not the block's: go on. */
        if (NT_SUCCESS(PeekPage(Peek, *Address, mHeader, sizeof(mHeader))) &&
            HfBlockRecognise(mHeader, Plan->Nonce)) {
            return STATUS_SUCCESS;
        }
        if (Plan->Locate.To - Candidate <= Plan->Locate.Step) {
            return STATUS_NOT_FOUND;
        }
        Candidate += Plan->Locate.Step;
    }
}

NTSTATUS LocateBlock(const HF_PLAN *Plan, PHYSICAL_ADDRESS *Address, ULONG *Visited)
{
    HF_PEEK Peek;
    NTSTATUS Status;

    *Visited = 0;
    Status = PeekBegin(&Peek);
    if (NT_SUCCESS(Status)) {
        Status = Scan(&Peek, Plan, Address, Visited);
        PeekEnd(&Peek);
    }
    return Status;
}
