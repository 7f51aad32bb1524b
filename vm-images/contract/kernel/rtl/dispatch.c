/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The two passes of structured exception handling: first somebody is found who handles the exception, then the frames
 * below are left one by one (Microsoft C++ documentation: build/exception-handling-x64, "Language-specific handler").
 */
#include "rtl.h"

#include "ke.h"

static VOID FillDispatcher(DISPATCHER_CONTEXT *Dispatcher, CONTEXT *FrameContext, const RTL_FRAME *Frame, ULONG64 Pc)
{
    RtlZeroMemory(Dispatcher, sizeof(*Dispatcher));
    Dispatcher->ControlPc = Pc;
    Dispatcher->ImageBase = Frame->ImageBase;
    Dispatcher->FunctionEntry = Frame->FunctionEntry;
    Dispatcher->EstablisherFrame = Frame->EstablisherFrame;
    Dispatcher->ContextRecord = FrameContext;
    Dispatcher->LanguageHandler = Frame->Handler;
    Dispatcher->HandlerData = Frame->HandlerData;
}

BOOLEAN RtlpDispatchException(EXCEPTION_RECORD *Record, CONTEXT *Context)
{
    CONTEXT Next = *Context;
    DISPATCHER_CONTEXT Dispatcher;
    RTL_FRAME Frame;
    ULONG64 Pc = Next.Rip;

    while (RtlpUnwindFrame(&Next, RTL_UNWIND_EXCEPTION_HANDLER, &Frame)) {
        if (Frame.Handler != NULL) {
            FillDispatcher(&Dispatcher, &Next, &Frame, Pc);
            if (Frame.Handler(Record, (PVOID)Frame.EstablisherFrame, Context, &Dispatcher) ==
                ExceptionContinueExecution) {
                return (Record->ExceptionFlags & EXCEPTION_NONCONTINUABLE) == 0;
            }
        }
        Pc = Next.Rip;
    }
    return FALSE;
}

VOID RtlpUnwind(CONTEXT *Context, ULONG64 TargetFrame, ULONG64 TargetIp, EXCEPTION_RECORD *Record, ULONG64 ReturnValue)
{
    CONTEXT Current = *Context;
    CONTEXT Next;
    DISPATCHER_CONTEXT Dispatcher;
    RTL_FRAME Frame;

    Record->ExceptionFlags |= EXCEPTION_UNWINDING;
    for (;;) {
        Next = Current;
        if (!RtlpUnwindFrame(&Next, RTL_UNWIND_TERMINATION_HANDLER, &Frame)) {
            KiUnhandledException(Record, Context);
        }
        if (Frame.EstablisherFrame == TargetFrame) {
            Record->ExceptionFlags |= EXCEPTION_TARGET_UNWIND;
        }
        if (Frame.Handler != NULL) {
            FillDispatcher(&Dispatcher, &Current, &Frame, Current.Rip);
            Dispatcher.TargetIp = TargetIp;
            Frame.Handler(Record, (PVOID)Frame.EstablisherFrame, &Current, &Dispatcher);
        }
        if (Frame.EstablisherFrame == TargetFrame) {
            break;
        }
        Current = Next;
    }
    Current.Rip = TargetIp;
    Current.Rax = ReturnValue;
    RtlpRestoreContext(&Current);
}
