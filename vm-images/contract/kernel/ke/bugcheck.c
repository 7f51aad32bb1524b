/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "ke.h"

#include "hal.h"

typedef struct {
    ULONG Code;
    const char *Name;
} BUG_CHECK_NAME;

/* WDD: debugger/bug-check-code-reference2 */
static const BUG_CHECK_NAME Names[] = {
    {0x0A, "IRQL_NOT_LESS_OR_EQUAL"},
    {0x1A, "MEMORY_MANAGEMENT"},
    {0x3F, "NO_MORE_SYSTEM_PTES"},
    {0x4E, "PFN_LIST_CORRUPT"},
    {0x50, "PAGE_FAULT_IN_NONPAGED_AREA"},
    {0x7E, "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED"},
    {0x7F, "UNEXPECTED_KERNEL_MODE_TRAP"},
    {0x80, "NMI_HARDWARE_FAILURE"},
    {0x9C, "MACHINE_CHECK_EXCEPTION"},
    {0xBE, "ATTEMPTED_WRITE_TO_READONLY_MEMORY"},
    {0xC1, "SPECIAL_POOL_DETECTED_MEMORY_CORRUPTION"},
    {0xC2, "BAD_POOL_CALLER"},
    {0xC4, "DRIVER_VERIFIER_DETECTED_VIOLATION"},
    {0xC8, "IRQL_UNEXPECTED_VALUE"},
    {0xCC, "PAGE_FAULT_IN_FREED_SPECIAL_POOL"},
    {0xCD, "PAGE_FAULT_BEYOND_END_OF_ALLOCATION"},
    {0xD1, "DRIVER_IRQL_NOT_LESS_OR_EQUAL"},
    {0xDA, "SYSTEM_PTE_MISUSE"},
    {0xFC, "ATTEMPTED_EXECUTE_OF_NOEXECUTE_MEMORY"},
};

/* Exported: the code and its four parameters, as drivers read them in a callback. */
ULONG_PTR KiBugCheckData[5];

/* A bug check in a bug check ends what is left of the first; one more ends the machine. */
static ULONG BugChecks;

static const char *NameOf(ULONG Code)
{
    ULONG Index;

    for (Index = 0; Index < ARRAYSIZE(Names); Index++) {
        if (Names[Index].Code == Code) {
            return Names[Index].Name;
        }
    }
    return "";
}

static VOID Report(ULONG_PTR Ip)
{
    HF_FRAME Frame;

    HalBreakLine();
    HalBeginFrame(&Frame, "guest.bugcheck");
    HfFrameHex(&Frame, "code", KiBugCheckData[0]);
    HfFrameHex(&Frame, "p1", KiBugCheckData[1]);
    HfFrameHex(&Frame, "p2", KiBugCheckData[2]);
    HfFrameHex(&Frame, "p3", KiBugCheckData[3]);
    HfFrameHex(&Frame, "p4", KiBugCheckData[4]);
    HfFrameHex(&Frame, "ip", Ip);
    HfFrameText(&Frame, "text", NameOf((ULONG)KiBugCheckData[0]));
    HalSendFrame(&Frame);
}

VOID KiBugCheck(ULONG Code, ULONG_PTR P1, ULONG_PTR P2, ULONG_PTR P3, ULONG_PTR P4, ULONG_PTR Ip)
{
    BugChecks++;
    if (BugChecks == 1) {
        KiBugCheckData[0] = Code;
        KiBugCheckData[1] = P1;
        KiBugCheckData[2] = P2;
        KiBugCheckData[3] = P3;
        KiBugCheckData[4] = P4;
        KeLowerIrql(HIGH_LEVEL);
        Report(Ip);
        KiRunBugCheckCallbacks();
    }
    if (BugChecks <= 2) {
        HalEndGuest(HalOutcomeBugCheck);
    }
    HalExitMachine(HalOutcomeBugCheck);
}

/* DDI: nf-wdm-kebugcheckex. Any IRQL; does not return. */
VOID NTAPI KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                        ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    KiBugCheck(BugCheckCode, BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4,
               (ULONG_PTR)RETURN_ADDRESS());
}
