/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Processor, traps, bug checks. */
#ifndef KE_H
#define KE_H

#include "nt.h"

#include "LoaderBlock.h"
#include "hf_plan.h"

/* What entry.S leaves on the stack; XMM state lies beside it as FXSAVE writes it. */
typedef struct _KI_TRAP {
    ULONG64 R15, R14, R13, R12, R11, R10, R9, R8;
    ULONG64 Rdi, Rsi, Rbp, Rbx, Rdx, Rcx, Rax;
    ULONG64 Vector;
    ULONG64 ErrorCode;
    ULONG64 Rip, Cs, Rflags, Rsp, Ss;
} KI_TRAP;

#define KI_VECTOR_NMI 2
#define KI_VECTOR_DOUBLE_FAULT 8
#define KI_VECTOR_MACHINE_CHECK 18

/* The stacks that the TSS gives to faults whose own stack may be the fault. */
#define KI_IST_DOUBLE_FAULT 1
#define KI_IST_NMI 2
#define KI_IST_MACHINE_CHECK 3
#define KI_IST_COUNT 3

/* Selectors, as x64 NT lays out its GDT. */
#define KGDT64_R0_CODE 0x10
#define KGDT64_R0_DATA 0x18
#define KGDT64_SYS_TSS 0x40

/* The thread that drivers run on: its limits, for unwinding and for the double fault's cause. */
typedef struct {
    ULONG64 StackBase;      /* the end, where it starts */
    ULONG64 StackLimit;     /* the lowest byte; a guard page lies below */
} KI_STACK;

extern KI_STACK KiStack;
extern HF_PLAN KiPlan;

/* entry.S */
extern UCHAR KiTrapStubs[256][16];
VOID KiLoadGdt(const VOID *Descriptor);
VOID KiLoadIdt(const VOID *Descriptor);
DECLSPEC_NORETURN VOID KiSwitchStack(ULONG64 StackBase, VOID (*Routine)(LOADER_BLOCK *), LOADER_BLOCK *Block);

VOID KiInitializeProcessor(VOID);
VOID KiInitializeGdt(VOID);
VOID KiInitializeIdt(VOID);

/* Called by entry.S for every vector. */
VOID KiHandleTrap(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended);

/* Turns a page fault into a bug check, or returns so that it becomes an exception. */
VOID KiJudgePageFault(const KI_TRAP *Trap, ULONG64 Address);

/* Looks for a handler; a bug check where there is none. */
VOID KiDispatchException(KI_TRAP *Trap, XMM_SAVE_AREA32 *Extended, NTSTATUS Code, ULONG Parameters,
                         const ULONG_PTR *Information);

/* What an exception that nobody handles becomes in a system thread. */
DECLSPEC_NORETURN VOID KiUnhandledException(EXCEPTION_RECORD *Record, CONTEXT *Context);

/* A bug check whose instruction is known. */
DECLSPEC_NORETURN VOID KiBugCheck(ULONG Code, ULONG_PTR P1, ULONG_PTR P2, ULONG_PTR P3, ULONG_PTR P4, ULONG_PTR Ip);

/* Runs what drivers have registered for a bug check, each once (callback.c). */
VOID KiRunBugCheckCallbacks(VOID);

/* The first C code, on the loader's stack; and the rest, on the kernel's own. */
DECLSPEC_NORETURN VOID KiSystemStartup(LOADER_BLOCK *Block);

#endif
