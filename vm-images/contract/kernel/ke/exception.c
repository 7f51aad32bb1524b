/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* From a trap to structured exception handling and back. */
#include "ke.h"

#include "rtl.h"

static VOID TrapToContext(const KI_TRAP *Trap, const XMM_SAVE_AREA32 *Extended, CONTEXT *Context)
{
    RtlZeroMemory(Context, sizeof(*Context));
    Context->ContextFlags = CONTEXT_FULL;
    Context->Rax = Trap->Rax;
    Context->Rcx = Trap->Rcx;
    Context->Rdx = Trap->Rdx;
    Context->Rbx = Trap->Rbx;
    Context->Rsp = Trap->Rsp;
    Context->Rbp = Trap->Rbp;
    Context->Rsi = Trap->Rsi;
    Context->Rdi = Trap->Rdi;
    Context->R8 = Trap->R8;
    Context->R9 = Trap->R9;
    Context->R10 = Trap->R10;
    Context->R11 = Trap->R11;
    Context->R12 = Trap->R12;
    Context->R13 = Trap->R13;
    Context->R14 = Trap->R14;
    Context->R15 = Trap->R15;
    Context->Rip = Trap->Rip;
    Context->SegCs = (USHORT)Trap->Cs;
    Context->SegSs = (USHORT)Trap->Ss;
    Context->EFlags = (ULONG)Trap->Rflags;
    Context->FltSave = *Extended;
    Context->MxCsr = Extended->MxCsr;
}

VOID KiDispatchException(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended, NTSTATUS Code, ULONG Parameters,
                         const ULONG_PTR *Information)
{
    EXCEPTION_RECORD Record;
    CONTEXT Context;
    ULONG Index;

    TrapToContext(Trap, Extended, &Context);
    RtlZeroMemory(&Record, sizeof(Record));
    Record.ExceptionCode = Code;
    Record.ExceptionAddress = (PVOID)Trap->Rip;
    Record.NumberParameters = Parameters;
    for (Index = 0; Index < Parameters; Index++) {
        Record.ExceptionInformation[Index] = Information[Index];
    }

    /* A handler that wants to go on has put right what was wrong in the context. */
    if (RtlpDispatchException(&Record, &Context)) {
        RtlpRestoreContext(&Context);
    }
    KiUnhandledException(&Record, &Context);
}

/* WDD: debugger/bug-check-0x7e: code, address, exception record, context record. DriverEntry runs on such a thread. */
VOID KiUnhandledException(EXCEPTION_RECORD *Record, CONTEXT *Context)
{
    KiBugCheck(0x7E, (ULONG)Record->ExceptionCode, (ULONG_PTR)Record->ExceptionAddress, (ULONG_PTR)Record,
               (ULONG_PTR)Context, (ULONG_PTR)Record->ExceptionAddress);
}

/* DDI: nf-wdm-exraisestatus. IRQL <= DISPATCH_LEVEL; does not return. */
VOID NTAPI ExRaiseStatus(NTSTATUS Status)
{
    EXCEPTION_RECORD Record;
    CONTEXT Context;

    RtlZeroMemory(&Context, sizeof(Context));
    RtlCaptureContext(&Context);
    Context.ContextFlags = CONTEXT_FULL;
    RtlZeroMemory(&Record, sizeof(Record));
    Record.ExceptionCode = Status;
    Record.ExceptionFlags = EXCEPTION_NONCONTINUABLE;
    Record.ExceptionAddress = RETURN_ADDRESS();
    RtlpDispatchException(&Record, &Context);
    KiUnhandledException(&Record, &Context);
}
