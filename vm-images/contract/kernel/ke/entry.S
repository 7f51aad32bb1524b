/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Entry and exit of traps, and the context switches that structured exception handling needs. The layouts are KI_TRAP
 * in ke.h and the DDK's CONTEXT; startup.c asserts that the offsets below are theirs.
 */
    .intel_syntax noprefix
    .text

/* Offsets in CONTEXT. */
#define CX_MXCSR 0x34
#define CX_SEGCS 0x38
#define CX_SEGSS 0x42
#define CX_EFLAGS 0x44
#define CX_RAX 0x78
#define CX_RCX 0x80
#define CX_RDX 0x88
#define CX_RBX 0x90
#define CX_RSP 0x98
#define CX_RBP 0xA0
#define CX_RSI 0xA8
#define CX_RDI 0xB0
#define CX_R8 0xB8
#define CX_R9 0xC0
#define CX_R10 0xC8
#define CX_R11 0xD0
#define CX_R12 0xD8
#define CX_R13 0xE0
#define CX_R14 0xE8
#define CX_R15 0xF0
#define CX_RIP 0xF8
#define CX_FLTSAVE 0x100

/* The processor pushes an error code for vectors 8, 10 to 14, 17, 21, 29 and 30 (Intel SDM volume 3, 6.13). */
#define ERROR_CODE_VECTORS 0x60227D00

/* One stub of 16 bytes a vector. */
    .balign 16
    .globl KiTrapStubs
KiTrapStubs:
    .set Vector, 0
    .rept 256
    .balign 16
    .if (Vector >= 32) || (((ERROR_CODE_VECTORS >> (Vector & 31)) & 1) == 0)
    push 0
    .endif
    push Vector
    jmp KiTrapCommon
    .set Vector, Vector + 1
    .endr

KiTrapCommon:
    cld
    push rax
    push rcx
    push rdx
    push rbx
    push rbp
    push rsi
    push rdi
    push r8
    push r9
    push r10
    push r11
    push r12
    push r13
    push r14
    push r15
    mov rbp, rsp
    sub rsp, 512
    and rsp, -16
    fxsave64 [rsp]
    mov rcx, rbp
    mov rdx, rsp
    sub rsp, 32
    call KiHandleTrap
    add rsp, 32
    fxrstor64 [rsp]
    mov rsp, rbp
    pop r15
    pop r14
    pop r13
    pop r12
    pop r11
    pop r10
    pop r9
    pop r8
    pop rdi
    pop rsi
    pop rbp
    pop rbx
    pop rdx
    pop rcx
    pop rax
    add rsp, 16
    iretq

/* VOID RtlCaptureContext(PCONTEXT) */
    .balign 16
    .globl RtlCaptureContext
RtlCaptureContext:
    mov [rcx + CX_RAX], rax
    mov [rcx + CX_RCX], rcx
    mov [rcx + CX_RDX], rdx
    mov [rcx + CX_RBX], rbx
    mov [rcx + CX_RBP], rbp
    mov [rcx + CX_RSI], rsi
    mov [rcx + CX_RDI], rdi
    mov [rcx + CX_R8], r8
    mov [rcx + CX_R9], r9
    mov [rcx + CX_R10], r10
    mov [rcx + CX_R11], r11
    mov [rcx + CX_R12], r12
    mov [rcx + CX_R13], r13
    mov [rcx + CX_R14], r14
    mov [rcx + CX_R15], r15
    mov rax, [rsp]
    mov [rcx + CX_RIP], rax
    lea rax, [rsp + 8]
    mov [rcx + CX_RSP], rax
    mov word ptr [rcx + CX_SEGCS], cs
    mov word ptr [rcx + CX_SEGSS], ss
    pushfq
    pop rax
    mov [rcx + CX_EFLAGS], eax
    stmxcsr [rcx + CX_MXCSR]
    fxsave64 [rcx + CX_FLTSAVE]
    mov rax, [rcx + CX_RAX]
    ret

/* VOID RtlpRestoreContext(PCONTEXT): CONTEXT is 16 bytes aligned, and so is its FltSave. */
    .balign 16
    .globl RtlpRestoreContext
RtlpRestoreContext:
    fxrstor64 [rcx + CX_FLTSAVE]
    ldmxcsr [rcx + CX_MXCSR]
    movzx eax, word ptr [rcx + CX_SEGSS]
    push rax
    push qword ptr [rcx + CX_RSP]
    mov eax, [rcx + CX_EFLAGS]
    push rax
    movzx eax, word ptr [rcx + CX_SEGCS]
    push rax
    push qword ptr [rcx + CX_RIP]
    mov rax, [rcx + CX_RAX]
    mov rdx, [rcx + CX_RDX]
    mov rbx, [rcx + CX_RBX]
    mov rbp, [rcx + CX_RBP]
    mov rsi, [rcx + CX_RSI]
    mov rdi, [rcx + CX_RDI]
    mov r8, [rcx + CX_R8]
    mov r9, [rcx + CX_R9]
    mov r10, [rcx + CX_R10]
    mov r11, [rcx + CX_R11]
    mov r12, [rcx + CX_R12]
    mov r13, [rcx + CX_R13]
    mov r14, [rcx + CX_R14]
    mov r15, [rcx + CX_R15]
    mov rcx, [rcx + CX_RCX]
    iretq

/* VOID KiLoadGdt(const VOID *Descriptor): also reloads every segment register and the task register. */
    .balign 16
    .globl KiLoadGdt
KiLoadGdt:
    lgdt [rcx]
    mov eax, 0x18
    mov ds, eax
    mov es, eax
    mov ss, eax
    xor eax, eax
    mov fs, eax
    mov gs, eax
    mov eax, 0x40
    ltr ax
    pop rax
    push 0x10
    push rax
    retfq

/* VOID KiLoadIdt(const VOID *Descriptor) */
    .balign 16
    .globl KiLoadIdt
KiLoadIdt:
    lidt [rcx]
    ret

/* VOID KiSwitchStack(ULONG64 StackBase, VOID (*Routine)(LOADER_BLOCK *), LOADER_BLOCK *Block) */
    .balign 16
    .globl KiSwitchStack
KiSwitchStack:
    mov rsp, rcx
    xor ebp, ebp
    mov rcx, r8
    sub rsp, 32
    call rdx
    ud2
