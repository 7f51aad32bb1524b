/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What a page fault in kernel mode means. Faults on user addresses below DISPATCH_LEVEL are exceptions that a driver
 * may handle, but for a write where nothing is; faults on system addresses are bug checks that no handler sees (WDD:
 * debugger/bug-check-0x50).
 */
#include "ke.h"

#include "io.h"
#include "mm.h"

/* The error code: Intel SDM volume 3, 4.7. */
#define FAULT_PRESENT 0x01
#define FAULT_WRITE 0x02
#define FAULT_EXECUTE 0x10

/* Parameter 3 of 0xA and 0xD1. */
#define ACCESS_READ 0
#define ACCESS_WRITE 1
#define ACCESS_EXECUTE 8

/* Parameter 2 of 0x50 on x64 since Windows 10 1511. */
#define PAGE_FAULT_READ 0x00
#define PAGE_FAULT_WRITE 0x02
#define PAGE_FAULT_EXECUTE 0x10

/* Parameter 4 of 0x50. */
#define NONPAGED_BUGCHECK_FREED_PTE 0
#define NONPAGED_BUGCHECK_NOT_PRESENT_PAGE_TABLE 2

static BOOLEAN IsSystemAddress(ULONG64 Address)
{
    return (LONG64)Address < 0;
}

static ULONG_PTR AccessOf(const KI_TRAP *Trap)
{
    if ((Trap->ErrorCode & FAULT_EXECUTE) != 0) {
        return ACCESS_EXECUTE;
    }
    return ((Trap->ErrorCode & FAULT_WRITE) != 0) ? ACCESS_WRITE : ACCESS_READ;
}

/* WDD: debugger/bug-check-0xfc and bug-check-0xbe: the address and its PTE. */
static VOID JudgeProtection(const KI_TRAP *Trap, ULONG64 Address)
{
    ULONG64 *Pte = MiFindPte(Address);
    ULONG64 Contents = (Pte == NULL) ? 0 : *Pte;

    if ((Trap->ErrorCode & FAULT_EXECUTE) != 0) {
        KiBugCheck(0xFC, Address, Contents, (ULONG_PTR)Trap, 0, Trap->Rip);
    }
    if (((Trap->ErrorCode & FAULT_WRITE) != 0) && IsSystemAddress(Address)) {
        KiBugCheck(0xBE, Address, Contents, (ULONG_PTR)Trap, 0, Trap->Rip);
    }
}

/* WDD: debugger/bug-check-0xcc, use after free, and bug-check-0xcd, use behind the end: address, access, instruction. */
static VOID JudgeSpecialPool(const KI_TRAP *Trap, ULONG64 Address)
{
    BOOLEAN Freed;

    if (ExpFindSpecialPool(Address, &Freed)) {
        KiBugCheck(Freed ? 0xCC : 0xCD, Address, AccessOf(Trap), Trap->Rip, 0, Trap->Rip);
    }
}

/* WDD: debugger/bug-check-0x50 */
static VOID PageFaultInNonpagedArea(const KI_TRAP *Trap, ULONG64 Address)
{
    ULONG_PTR Access = PAGE_FAULT_READ;

    if ((Trap->ErrorCode & FAULT_EXECUTE) != 0) {
        Access = PAGE_FAULT_EXECUTE;
    } else if ((Trap->ErrorCode & FAULT_WRITE) != 0) {
        Access = PAGE_FAULT_WRITE;
    }
    KiBugCheck(0x50, Address, Access, Trap->Rip,
               (MiFindPte(Address) == NULL) ? NONPAGED_BUGCHECK_NOT_PRESENT_PAGE_TABLE : NONPAGED_BUGCHECK_FREED_PTE,
               Trap->Rip);
}

/*
 * WDD: debugger/bug-check-0x1a, 0x4477: a driver's write to an unallocated address in the user half of the System process,
 * in which drivers run here. That half has what they map there, and nothing else.
 */
static VOID JudgeUserWrite(const KI_TRAP *Trap, ULONG64 Address)
{
    if (((Trap->ErrorCode & (FAULT_WRITE | FAULT_PRESENT)) == FAULT_WRITE) &&
        (IopFindImage(Trap->Rip) != &IopKernelImage)) {
        KiBugCheck(0x1A, 0x4477, Address, 0, 0, Trap->Rip);
    }
}

VOID KiJudgePageFault(const KI_TRAP *Trap, ULONG64 Address)
{
    KIRQL Irql = KeGetCurrentIrql();

    if ((Trap->ErrorCode & FAULT_PRESENT) != 0) {
        JudgeProtection(Trap, Address);
    }

    JudgeSpecialPool(Trap, Address);

    /* WDD: debugger/bug-check-0xd1 and bug-check-0xa: whose instruction it was decides which. */
    if (Irql >= DISPATCH_LEVEL) {
        KiBugCheck((IopFindImage(Trap->Rip) == &IopKernelImage) ? 0x0A : 0xD1, Address, Irql, AccessOf(Trap),
                   Trap->Rip, Trap->Rip);
    }
    if (IsSystemAddress(Address)) {
        PageFaultInNonpagedArea(Trap, Address);
    }
    JudgeUserWrite(Trap, Address);
}
