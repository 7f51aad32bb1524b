/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "ke.h"

#include "cpu.h"
#include "rtl.h"

#define VECTOR_PAGE_FAULT 14
#define FIRST_INTERRUPT 32

/* Where the processor does not say which address a general protection fault was about, NT says this. */
#define ADDRESS_UNKNOWN ((ULONG_PTR)-1)

/* Parameters of EXCEPTION_ACCESS_VIOLATION: kind of access, address. */
#define AV_READ 0
#define AV_WRITE 1
#define AV_EXECUTE 8

/* The faults that are plain exceptions. */
static const NTSTATUS FaultStatuses[FIRST_INTERRUPT] = {
    [0] = STATUS_INTEGER_DIVIDE_BY_ZERO,
    [1] = STATUS_SINGLE_STEP,
    [3] = STATUS_BREAKPOINT,
    [4] = STATUS_INTEGER_OVERFLOW,
    [5] = STATUS_ARRAY_BOUNDS_EXCEEDED,
    [6] = STATUS_ILLEGAL_INSTRUCTION,
    [17] = STATUS_DATATYPE_MISALIGNMENT,
    [19] = STATUS_FLOAT_MULTIPLE_TRAPS,
};

static VOID DispatchAccessViolation(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended, ULONG_PTR Access, ULONG_PTR Address)
{
    ULONG_PTR Information[2] = {Access, Address};

    KiDispatchException(Trap, Extended, STATUS_ACCESS_VIOLATION, ARRAYSIZE(Information), Information);
}

static VOID HandlePageFault(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended)
{
    ULONG64 Address = KiReadCr2();
    ULONG_PTR Access = AV_READ;

    KiJudgePageFault(Trap, Address);
    if ((Trap->ErrorCode & 0x10) != 0) {
        Access = AV_EXECUTE;
    } else if ((Trap->ErrorCode & 0x02) != 0) {
        Access = AV_WRITE;
    }
    DispatchAccessViolation(Trap, Extended, Access, Address);
}

VOID KiHandleTrap(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended)
{
    ULONG64 Vector = Trap->Vector;

    if (Vector == VECTOR_PAGE_FAULT) {
        HandlePageFault(Trap, Extended);
    } else if (Vector == KI_VECTOR_NMI) {
        KiBugCheck(0x80, 0, 0, 0, 0, Trap->Rip);
    } else if (Vector == KI_VECTOR_MACHINE_CHECK) {
        KiBugCheck(0x9C, 0, 0, 0, 0, Trap->Rip);
    } else if ((Vector < FIRST_INTERRUPT) && (FaultStatuses[Vector] != 0)) {
        KiDispatchException(Trap, Extended, FaultStatuses[Vector], 0, NULL);
    } else if (Vector == 13) {
        DispatchAccessViolation(Trap, Extended, AV_READ, ADDRESS_UNKNOWN);
    } else if (Vector < FIRST_INTERRUPT) {
        /* WDD: debugger/bug-check-0x7f: the trap's number; for a double fault the stack it happened on. */
        KiBugCheck(0x7F, Vector, (ULONG_PTR)Trap, KiReadCr4(), Trap->Rip, Trap->Rip);
    }
}
