/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* __try, __except and __finally as the compilers encode them: a scope table for each function that has any. */
#include "rtl.h"

#define EXECUTE_HANDLER_ALWAYS 1

typedef LONG (*EXCEPTION_FILTER)(EXCEPTION_POINTERS *Pointers, PVOID EstablisherFrame);
typedef VOID (*TERMINATION_HANDLER)(BOOLEAN AbnormalTermination, PVOID EstablisherFrame);

static BOOLEAN InScope(const SCOPE_TABLE *Table, ULONG Index, ULONG64 Offset)
{
    return (Offset >= Table->Entries[Index].BeginAddress) && (Offset < Table->Entries[Index].EndAddress);
}

static EXCEPTION_DISPOSITION SearchHandler(EXCEPTION_RECORD *Record, PVOID EstablisherFrame, CONTEXT *Context,
                                           const DISPATCHER_CONTEXT *Dispatcher)
{
    const SCOPE_TABLE *Table = Dispatcher->HandlerData;
    ULONG64 Offset = Dispatcher->ControlPc - Dispatcher->ImageBase;
    EXCEPTION_POINTERS Pointers = {Record, Context};
    LONG Answer;
    ULONG Index;

    for (Index = 0; Index < Table->Count; Index++) {
        if (!InScope(Table, Index, Offset) || (Table->Entries[Index].JumpTarget == 0)) {
            continue;
        }
        Answer = EXCEPTION_EXECUTE_HANDLER;
        if (Table->Entries[Index].HandlerAddress != EXECUTE_HANDLER_ALWAYS) {
            Answer = ((EXCEPTION_FILTER)(Dispatcher->ImageBase + Table->Entries[Index].HandlerAddress))(
                &Pointers, EstablisherFrame);
        }
        if (Answer == EXCEPTION_CONTINUE_EXECUTION) {
            return ExceptionContinueExecution;
        }
        if (Answer == EXCEPTION_EXECUTE_HANDLER) {
            RtlpUnwind(Context, (ULONG64)EstablisherFrame,
                       Dispatcher->ImageBase + Table->Entries[Index].JumpTarget, Record,
                       (ULONG)Record->ExceptionCode);
        }
    }
    return ExceptionContinueSearch;
}

/*
 * Runs the termination handlers that control leaves. In the target frame those that the target lies in as well stay
 * entered, and the search ends at the scope whose handler is the target.
 */
static EXCEPTION_DISPOSITION RunTerminationHandlers(const EXCEPTION_RECORD *Record, PVOID EstablisherFrame,
                                                    DISPATCHER_CONTEXT *Dispatcher)
{
    const SCOPE_TABLE *Table = Dispatcher->HandlerData;
    ULONG64 Offset = Dispatcher->ControlPc - Dispatcher->ImageBase;
    ULONG64 Target = Dispatcher->TargetIp - Dispatcher->ImageBase;
    BOOLEAN TargetFrame = (Record->ExceptionFlags & EXCEPTION_TARGET_UNWIND) != 0;
    ULONG Index;

    for (Index = Dispatcher->ScopeIndex; Index < Table->Count; Index++) {
        if (!InScope(Table, Index, Offset)) {
            continue;
        }
        if (TargetFrame && (InScope(Table, Index, Target) || (Table->Entries[Index].JumpTarget == Target))) {
            break;
        }
        if (Table->Entries[Index].JumpTarget == 0) {
            Dispatcher->ScopeIndex = Index + 1;
            ((TERMINATION_HANDLER)(Dispatcher->ImageBase + Table->Entries[Index].HandlerAddress))(
                TRUE, EstablisherFrame);
        }
    }
    return ExceptionContinueSearch;
}

/* The handler that every function with __try names in its unwind data. */
EXCEPTION_DISPOSITION __C_specific_handler(struct _EXCEPTION_RECORD *Record, PVOID EstablisherFrame,
                                           struct _CONTEXT *Context, struct _DISPATCHER_CONTEXT *Dispatcher)
{
    if ((Record->ExceptionFlags & EXCEPTION_UNWINDING) != 0) {
        return RunTerminationHandlers(Record, EstablisherFrame, Dispatcher);
    }
    return SearchHandler(Record, EstablisherFrame, Context, Dispatcher);
}
