/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* x64 exception data (Microsoft C++ documentation: build/exception-handling-x64) and who reads it. */
#ifndef RTL_H
#define RTL_H

#include "nt.h"

/* EXCEPTION_RECORD.ExceptionFlags, beside the DDK's EXCEPTION_NONCONTINUABLE: the second pass, and its last frame. */
#define EXCEPTION_UNWINDING 0x02
#define EXCEPTION_TARGET_UNWIND 0x20

/* An entry of .pdata. Offsets are from the image's base. */
typedef struct _RUNTIME_FUNCTION {
    ULONG BeginAddress;
    ULONG EndAddress;
    ULONG UnwindData;
} RUNTIME_FUNCTION;

typedef EXCEPTION_DISPOSITION(NTAPI *RTL_HANDLER)(struct _EXCEPTION_RECORD *Record, PVOID EstablisherFrame,
                                                 struct _CONTEXT *Context, struct _DISPATCHER_CONTEXT *Dispatcher);

typedef struct _DISPATCHER_CONTEXT {
    ULONG64 ControlPc;
    ULONG64 ImageBase;
    const RUNTIME_FUNCTION *FunctionEntry;
    ULONG64 EstablisherFrame;
    ULONG64 TargetIp;
    CONTEXT *ContextRecord;
    RTL_HANDLER LanguageHandler;
    PVOID HandlerData;
    PVOID HistoryTable;
    ULONG ScopeIndex;
    ULONG Fill0;
} DISPATCHER_CONTEXT;

/* What __C_specific_handler finds as its handler data. */
typedef struct _SCOPE_TABLE {
    ULONG Count;
    struct {
        ULONG BeginAddress;
        ULONG EndAddress;
        ULONG HandlerAddress;   /* filter, or 1 for "always"; a termination handler where JumpTarget is 0 */
        ULONG JumpTarget;
    } Entries[];
} SCOPE_TABLE;

/* One step up the stack. */
typedef struct {
    const RUNTIME_FUNCTION *FunctionEntry;  /* null for a leaf */
    ULONG64 ImageBase;
    ULONG64 EstablisherFrame;
    RTL_HANDLER Handler;                    /* null where the frame has none of the kind asked for */
    PVOID HandlerData;
} RTL_FRAME;

#define RTL_UNWIND_EXCEPTION_HANDLER 0x1
#define RTL_UNWIND_TERMINATION_HANDLER 0x2

/*
 * Takes Context from a frame to its caller.
 *
 * Wanted  which kind of handler Frame->Handler may be.
 * Returns FALSE where the stack ends: outside the thread's stack or outside every image.
 */
BOOLEAN RtlpUnwindFrame(CONTEXT *Context, ULONG Wanted, RTL_FRAME *Frame);

/* Calls the handlers of the frames above Context. TRUE where one wants to go on with the context. */
BOOLEAN RtlpDispatchException(EXCEPTION_RECORD *Record, CONTEXT *Context);

/* Unwinds from Context to TargetFrame, running termination handlers, and goes on at TargetIp. */
DECLSPEC_NORETURN VOID RtlpUnwind(CONTEXT *Context, ULONG64 TargetFrame, ULONG64 TargetIp, EXCEPTION_RECORD *Record,
                                  ULONG64 ReturnValue);

/* entry.S */
VOID NTAPI RtlCaptureContext(PCONTEXT Context);
DECLSPEC_NORETURN VOID RtlpRestoreContext(CONTEXT *Context);

EXCEPTION_DISPOSITION __C_specific_handler(struct _EXCEPTION_RECORD *Record, PVOID EstablisherFrame,
                                           struct _CONTEXT *Context, struct _DISPATCHER_CONTEXT *Dispatcher);

#endif
