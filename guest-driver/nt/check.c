/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "check.h"

#include "report.h"

NTSTATUS CheckBlock(const HF_PLAN *Plan, const HF_MAPPING *Mapping)
{
    BOOLEAN Whole;

    __try {
        Whole = HfCheckBlock(&gReportCheck, Plan, Mapping->VirtualAddress, (ULONGLONG)Mapping->Address.QuadPart);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        NTSTATUS Raised = GetExceptionCode();

        ReportCheckRaised(Raised);
        return Raised;
    }
    return Whole ? STATUS_SUCCESS : STATUS_CRC_ERROR;
}
