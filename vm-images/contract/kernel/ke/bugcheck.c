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
    {0x4E, "PFN_LIST_CORRUPT"},
    {0x50, "PAGE_FAULT_IN_NONPAGED_AREA"},
    {0x7E, "SYSTEM_THREAD_EXCEPTION_NOT_HANDLED"},
    {0x7F, "UNEXPECTED_KERNEL_MODE_TRAP"},
    {0x80, "NMI_HARDWARE_FAILURE"},
    {0x9C, "MACHINE_CHECK_EXCEPTION"},
    {0xBE, "ATTEMPTED_WRITE_TO_READONLY_MEMORY"},
    {0xC2, "BAD_POOL_CALLER"},
    {0xC4, "DRIVER_VERIFIER_DETECTED_VIOLATION"},
    {0xC8, "IRQL_UNEXPECTED_VALUE"},
    {0xD1, "DRIVER_IRQL_NOT_LESS_OR_EQUAL"},
    {0xDA, "SYSTEM_PTE_MISUSE"},
    {0xFC, "ATTEMPTED_EXECUTE_OF_NOEXECUTE_MEMORY"},
};

static BOOLEAN BugCheckActive;

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

VOID KiBugCheck(ULONG Code, ULONG_PTR P1, ULONG_PTR P2, ULONG_PTR P3, ULONG_PTR P4, ULONG_PTR Ip)
{
    HF_FRAME Frame;

    /* A fault while reporting: what was sent so far is all that can be said. */
    if (BugCheckActive) {
        HalExitMachine(HalOutcomeBugCheck);
    }
    BugCheckActive = TRUE;

    HalBreakLine();
    HalBeginFrame(&Frame, "guest.bugcheck");
    HfFrameHex(&Frame, "code", Code);
    HfFrameHex(&Frame, "p1", P1);
    HfFrameHex(&Frame, "p2", P2);
    HfFrameHex(&Frame, "p3", P3);
    HfFrameHex(&Frame, "p4", P4);
    HfFrameHex(&Frame, "ip", Ip);
    HfFrameText(&Frame, "text", NameOf(Code));
    HalSendFrame(&Frame);
    HalEndGuest(HalOutcomeBugCheck);
}

/* DDI: nf-wdm-kebugcheckex. Any IRQL; does not return. */
VOID NTAPI KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1, ULONG_PTR BugCheckParameter2,
                        ULONG_PTR BugCheckParameter3, ULONG_PTR BugCheckParameter4)
{
    KiBugCheck(BugCheckCode, BugCheckParameter1, BugCheckParameter2, BugCheckParameter3, BugCheckParameter4,
               (ULONG_PTR)RETURN_ADDRESS());
}
