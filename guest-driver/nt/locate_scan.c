/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Finds the block by its magic, address by address. */
#include "locate.h"

NTSTATUS LocateByScan(const HF_PEEK *Peek, const HF_PLAN *Plan, HF_LOCATED *Located)
{
    ULONGLONG Candidate = Plan->Locate.From;

    Located->Step = "scan";
    for (;;) {
        Located->Address.QuadPart = (LONGLONG)Candidate;
        /* A page that can't be read is not the block's: go on. */
        if (IsBlockAt(Peek, Plan, Located)) {
            return STATUS_SUCCESS;
        }
        if (Plan->Locate.To - Candidate <= Plan->Locate.Step) {
            return STATUS_NOT_FOUND;
        }
        Candidate += Plan->Locate.Step;
    }
}
