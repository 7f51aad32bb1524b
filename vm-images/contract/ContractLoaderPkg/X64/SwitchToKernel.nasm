; SPDX-License-Identifier: BSD-2-Clause-Patent
;
; Leaves the firmware's address space for the kernel's. The kernel's page tables map this code at its own address until
; the kernel drops that mapping.

    DEFAULT REL
    SECTION .text

;------------------------------------------------------------------------------
; VOID
; EFIAPI
; SwitchToKernel (
;   UINT64  PageTableRoot,   // rcx
;   UINT64  StackTop,        // rdx
;   UINT64  EntryPoint,      // r8
;   UINT64  LoaderBlock      // r9
;   );
;------------------------------------------------------------------------------
global ASM_PFX(SwitchToKernel)
ASM_PFX(SwitchToKernel):
    cli
    cld
    mov     cr3, rcx
    mov     rsp, rdx
    xor     ebp, ebp
    mov     rcx, r9
    sub     rsp, 32                 ; the callee's home space
    call    r8
    ud2                             ; the kernel does not return
