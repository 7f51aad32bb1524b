/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Takes check.c's place in a driver that says "intact" without looking at the block: it works out what it would have
 * seen. Only the harness's own view of the pages can tell.
 */
#include "check.h"

#include "hf_crc32c.h"
#include "report.h"

NTSTATUS CheckBlock(const HF_PLAN *Plan, const HF_MAPPING *Mapping)
{
    HF_BLOCK_IDENTITY Identity;
    HF_BLOCK_RESULT Result;
    PVOID Copy;

    RtlCopyMemory(Identity.Nonce, Plan->Nonce, sizeof(Identity.Nonce));
    Identity.Pages = Plan->Pages;
    Identity.Address = (ULONGLONG)Mapping->Address.QuadPart;
    Identity.MemoryType = Plan->MemoryType;
    Copy = ExAllocatePoolWithTag(NonPagedPool, Mapping->Bytes, 'tsdH');
    if (Copy == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    HfBlockFill(Copy, &Identity);
    Result.Intact = Plan->Pages;
    Result.Crc = HfCrc32c(0, Copy, Mapping->Bytes);
    RtlZeroMemory(Copy, Mapping->Bytes);
    ExFreePoolWithTag(Copy, 'tsdH');
    HfCheckSay(&gReportCheck, Plan, &Result);
    return STATUS_SUCCESS;
}
