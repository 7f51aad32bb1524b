/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "locate.h"

#include "hf_block.h"

/* Static, because MmCopyMemory wants its target in memory that can't be paged out. */
static DECLSPEC_ALIGN(16) UCHAR mHeader[HF_BLOCK_HEADER_SIZE];

BOOLEAN IsBlockAt(const HF_PEEK *Peek, const HF_PLAN *Plan, HF_LOCATED *Located)
{
    Located->Visited += 1;
    return NT_SUCCESS(PeekPage(Peek, Located->Address, mHeader, sizeof(mHeader))) &&
           HfBlockRecognise(mHeader, Plan->Nonce);
}

/* Goes where a published place says. What it says may be out of date, or anything: only the block itself counts. */
static NTSTATUS LocateAt(const HF_PEEK *Peek, const HF_PLAN *Plan, const HF_PLACE *Place, HF_LOCATED *Located)
{
    if ((Place->Address % PAGE_SIZE != 0) || (Place->Bytes != Plan->Pages * PAGE_SIZE) ||
        (RtlCompareMemory(Place->Nonce, Plan->Nonce, HF_NONCE_SIZE) != HF_NONCE_SIZE)) {
        Located->Step = "place";
        return STATUS_DATA_ERROR;
    }
    Located->Address.QuadPart = (LONGLONG)Place->Address;
    Located->Step = "header";
    return IsBlockAt(Peek, Plan, Located) ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

static NTSTATUS LocateWith(const HF_PEEK *Peek, const HF_PLAN *Plan, HF_LOCATED *Located)
{
    HF_PLACE Place;
    NTSTATUS Status;

    if (Plan->LocateMethod == HfLocateScan) {
        return LocateByScan(Peek, Plan, Located);
    }
    if (Plan->LocateMethod == HfLocateVariable) {
        Status = PlaceFromVariable(&Place, &Located->Step);
    } else {
        Status = PlaceFromAcpiTable(&Place, &Located->Step);
    }
    return NT_SUCCESS(Status) ? LocateAt(Peek, Plan, &Place, Located) : Status;
}

NTSTATUS LocateBlock(const HF_PLAN *Plan, HF_LOCATED *Located)
{
    HF_PEEK Peek;
    NTSTATUS Status;

    Located->Visited = 0;
    Located->Step = "MmGetPhysicalMemoryRanges";
    Status = PeekBegin(&Peek);
    if (NT_SUCCESS(Status)) {
        Status = LocateWith(&Peek, Plan, Located);
        PeekEnd(&Peek);
    }
    return Status;
}
