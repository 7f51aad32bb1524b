/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * One step up the stack by the unwind codes of version 1 (Microsoft C++ documentation: build/exception-handling-x64,
 * "Unwind data for exception handling").
 *
 * Control is never in an epilogue here: a call returns into a function's body, and what an epilogue does (pops, a
 * return) faults only on a broken stack, which no handler survives.
 */
#include "rtl.h"

#include "io.h"
#include "ke.h"

typedef union {
    struct {
        UCHAR PrologOffset;
        UCHAR Operation : 4;
        UCHAR Info : 4;
    };
    USHORT Slot;
} UNWIND_CODE;

typedef struct {
    UCHAR Version : 3;
    UCHAR Flags : 5;
    UCHAR PrologSize;
    UCHAR CodeCount;
    UCHAR FrameRegister : 4;
    UCHAR FrameOffset : 4;      /* in units of 16 bytes */
    UNWIND_CODE Codes[];
} UNWIND_INFO;

#define UNWIND_FLAG_HANDLERS (RTL_UNWIND_EXCEPTION_HANDLER | RTL_UNWIND_TERMINATION_HANDLER)
#define UNWIND_FLAG_CHAINED 0x4

enum {
    UWOP_PUSH_NONVOL = 0,
    UWOP_ALLOC_LARGE = 1,
    UWOP_ALLOC_SMALL = 2,
    UWOP_SET_FPREG = 3,
    UWOP_SAVE_NONVOL = 4,
    UWOP_SAVE_NONVOL_FAR = 5,
    UWOP_SAVE_XMM128 = 8,
    UWOP_SAVE_XMM128_FAR = 9,
    UWOP_PUSH_MACHFRAME = 10
};

/* No function that a compiler emits is cut into more pieces; more is a loop in bad data. */
#define CHAIN_MAX 32

/* The registers lie in CONTEXT in the order of their numbers. */
static ULONG64 *RegisterOf(CONTEXT *Context, ULONG Number)
{
    return &Context->Rax + Number;
}

static M128A *XmmOf(CONTEXT *Context, ULONG Number)
{
    return &Context->Xmm0 + Number;
}

static BOOLEAN OnStack(ULONG64 Address, ULONG64 Size)
{
    return (Address >= KiStack.StackLimit) && (Address < KiStack.StackBase) && (KiStack.StackBase - Address >= Size);
}

static BOOLEAN LoadWord(ULONG64 Address, ULONG64 *Value)
{
    if (!OnStack(Address, sizeof(*Value)) || ((Address & 7) != 0)) {
        return FALSE;
    }
    *Value = *(ULONG64 *)Address;
    return TRUE;
}

static BOOLEAN LoadXmm(ULONG64 Address, M128A *Value)
{
    if (!OnStack(Address, sizeof(*Value)) || ((Address & 7) != 0)) {
        return FALSE;
    }
    *Value = *(M128A *)Address;
    return TRUE;
}

/* Slots that a code takes, its own included. */
static ULONG SlotsOf(UNWIND_CODE Code)
{
    switch (Code.Operation) {
    case UWOP_ALLOC_LARGE:
        return (Code.Info == 0) ? 2 : 3;
    case UWOP_SAVE_NONVOL:
    case UWOP_SAVE_XMM128:
        return 2;
    case UWOP_SAVE_NONVOL_FAR:
    case UWOP_SAVE_XMM128_FAR:
        return 3;
    default:
        return 1;
    }
}

static ULONG64 FarOperand(const UNWIND_CODE *Code)
{
    return Code[1].Slot | ((ULONG64)Code[2].Slot << 16);
}

/* An interrupt's frame: RIP, CS, RFLAGS, RSP, SS, below them an error code where Info is 1. */
static BOOLEAN UndoMachineFrame(CONTEXT *Context, ULONG HasErrorCode)
{
    ULONG64 Frame = Context->Rsp + (HasErrorCode ? 8 : 0);

    return LoadWord(Frame, &Context->Rip) && LoadWord(Frame + 24, &Context->Rsp);
}

/* Undoes one operation of a prologue. Frame is where SAVE operands count from. */
static BOOLEAN UndoCode(CONTEXT *Context, const UNWIND_INFO *Info, const UNWIND_CODE *Code, ULONG64 Frame,
                        BOOLEAN *MachineFrame)
{
    switch (Code->Operation) {
    case UWOP_PUSH_NONVOL:
        Context->Rsp += 8;
        return LoadWord(Context->Rsp - 8, RegisterOf(Context, Code->Info));
    case UWOP_ALLOC_LARGE:
        Context->Rsp += (Code->Info == 0) ? Code[1].Slot * 8ull : FarOperand(Code);
        return TRUE;
    case UWOP_ALLOC_SMALL:
        Context->Rsp += Code->Info * 8ull + 8;
        return TRUE;
    case UWOP_SET_FPREG:
        Context->Rsp = *RegisterOf(Context, Info->FrameRegister) - Info->FrameOffset * 16ull;
        return TRUE;
    case UWOP_SAVE_NONVOL:
        return LoadWord(Frame + Code[1].Slot * 8ull, RegisterOf(Context, Code->Info));
    case UWOP_SAVE_NONVOL_FAR:
        return LoadWord(Frame + FarOperand(Code), RegisterOf(Context, Code->Info));
    case UWOP_SAVE_XMM128:
        return LoadXmm(Frame + Code[1].Slot * 16ull, XmmOf(Context, Code->Info));
    case UWOP_SAVE_XMM128_FAR:
        return LoadXmm(Frame + FarOperand(Code), XmmOf(Context, Code->Info));
    case UWOP_PUSH_MACHFRAME:
        *MachineFrame = TRUE;
        return UndoMachineFrame(Context, Code->Info);
    default:
        return FALSE;
    }
}

/* Undoes those operations of a prologue that were done when control was Offset bytes into the function. */
static BOOLEAN UndoProlog(CONTEXT *Context, const UNWIND_INFO *Info, ULONG64 Offset, ULONG64 Frame,
                          BOOLEAN *MachineFrame)
{
    ULONG Index;

    for (Index = 0; Index < Info->CodeCount; Index += SlotsOf(Info->Codes[Index])) {
        if ((Info->Codes[Index].PrologOffset <= Offset) &&
            !UndoCode(Context, Info, &Info->Codes[Index], Frame, MachineFrame)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Whether the frame register holds the frame already. */
static BOOLEAN FrameEstablished(const UNWIND_INFO *Info, ULONG64 Offset)
{
    ULONG Index;

    if (Info->FrameRegister == 0) {
        return FALSE;
    }
    for (Index = 0; Index < Info->CodeCount; Index += SlotsOf(Info->Codes[Index])) {
        if (Info->Codes[Index].Operation == UWOP_SET_FPREG) {
            return Info->Codes[Index].PrologOffset <= Offset;
        }
    }
    return TRUE;    /* a chained part: the primary one has set it */
}

/* What follows the codes, which are padded to an even number: a handler's offset and its data, or a chained entry. */
static const ULONG *BehindCodes(const UNWIND_INFO *Info)
{
    return (const ULONG *)&Info->Codes[(Info->CodeCount + 1) & ~1];
}

static const RUNTIME_FUNCTION *LookupFunction(const IOP_IMAGE *Image, ULONG64 Pc)
{
    ULONG Offset = (ULONG)(Pc - Image->Base);
    ULONG Low = 0;
    ULONG High = Image->FunctionCount;
    ULONG Middle;

    while (Low < High) {
        Middle = (Low + High) / 2;
        if (Offset < Image->Functions[Middle].BeginAddress) {
            High = Middle;
        } else if (Offset >= Image->Functions[Middle].EndAddress) {
            Low = Middle + 1;
        } else {
            return &Image->Functions[Middle];
        }
    }
    return NULL;
}

static BOOLEAN UnwindFunction(CONTEXT *Context, const IOP_IMAGE *Image, ULONG Wanted, RTL_FRAME *Frame)
{
    const RUNTIME_FUNCTION *Function = Frame->FunctionEntry;
    const UNWIND_INFO *Info = (const UNWIND_INFO *)(Image->Base + Function->UnwindData);
    ULONG64 Offset = Context->Rip - Image->Base - Function->BeginAddress;
    BOOLEAN MachineFrame = FALSE;
    ULONG Links;

    Frame->EstablisherFrame = Context->Rsp;
    if (FrameEstablished(Info, Offset)) {
        Frame->EstablisherFrame = *RegisterOf(Context, Info->FrameRegister) - Info->FrameOffset * 16ull;
    }
    if (((Info->Flags & Wanted & UNWIND_FLAG_HANDLERS) != 0) && (Offset >= Info->PrologSize)) {
        Frame->Handler = (RTL_HANDLER)(Image->Base + BehindCodes(Info)[0]);
        Frame->HandlerData = (PVOID)&BehindCodes(Info)[1];
    }

    for (Links = 0; Links < CHAIN_MAX; Links++) {
        if (!UndoProlog(Context, Info, Offset, Frame->EstablisherFrame, &MachineFrame)) {
            return FALSE;
        }
        if ((Info->Flags & UNWIND_FLAG_CHAINED) == 0) {
            break;
        }
        /* The primary part's prologue was done as a whole. */
        Function = (const RUNTIME_FUNCTION *)BehindCodes(Info);
        Info = (const UNWIND_INFO *)(Image->Base + Function->UnwindData);
        Offset = MAXULONG;
    }
    if (MachineFrame) {
        return TRUE;
    }
    Context->Rsp += 8;
    return LoadWord(Context->Rsp - 8, &Context->Rip);
}

BOOLEAN RtlpUnwindFrame(CONTEXT *Context, ULONG Wanted, RTL_FRAME *Frame)
{
    const IOP_IMAGE *Image = IopFindImage(Context->Rip);

    RtlZeroMemory(Frame, sizeof(*Frame));
    if ((Image == NULL) || !OnStack(Context->Rsp, sizeof(ULONG64))) {
        return FALSE;
    }
    Frame->ImageBase = Image->Base;
    Frame->FunctionEntry = LookupFunction(Image, Context->Rip);
    if (Frame->FunctionEntry != NULL) {
        return UnwindFunction(Context, Image, Wanted, Frame);
    }

    /* A function without an entry is a leaf: nothing saved, nothing allocated. */
    Frame->EstablisherFrame = Context->Rsp;
    Context->Rsp += 8;
    return LoadWord(Context->Rsp - 8, &Context->Rip);
}
