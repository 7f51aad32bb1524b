/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "check.h"

#include "report.h"

/* The first pages at fault tell what happened; a frame for each of a million would only take time. */
#define DAMAGED_FRAMES_MAX 8

static void OnDamaged(void *Context, const HF_BLOCK_DAMAGE *Damage)
{
    ULONG *Said = Context;

    if (*Said < DAMAGED_FRAMES_MAX) {
        ReportDamaged(Damage);
        *Said += 1;
    }
}

NTSTATUS CheckBlock(const HF_PLAN *Plan, const HF_MAPPING *Mapping)
{
    HF_BLOCK_IDENTITY Identity;
    HF_BLOCK_RESULT Result;
    ULONG Said = 0;

    RtlCopyMemory(Identity.Nonce, Plan->Nonce, sizeof(Identity.Nonce));
    Identity.Pages = Plan->Pages;
    Identity.Address = (ULONGLONG)Mapping->Address.QuadPart;
    Identity.MemoryType = Plan->MemoryType;
    __try {
        HfBlockCheck(Mapping->VirtualAddress, &Identity, OnDamaged, &Said, &Result);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        NTSTATUS Raised = GetExceptionCode();

        ReportCheckRaised(Raised);
        return Raised;
    }
    ReportChecked(Plan, &Result);
    return (Result.Intact == Plan->Pages) ? STATUS_SUCCESS : STATUS_CRC_ERROR;
}
