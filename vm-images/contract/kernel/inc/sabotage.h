/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Kernels that misbehave on purpose, so that tests can see the harness notice. The build chooses at most one; without a
 * choice every hook is empty.
 */
#ifndef SABOTAGE_H
#define SABOTAGE_H

#include "hal.h"
#include "mm.h"

#include "hf_block.h"
#include "hf_uart.h"

/* Before the kernel does anything. */
FORCEINLINE VOID SabotageStart(VOID)
{
#ifdef SABOTAGE_HANG
    for (;;) {
        YieldProcessor();
    }
#endif
}

/* Once memory was reclaimed, before the driver runs: flips the last byte of the block's page 1, or of its only page. */
FORCEINLINE VOID SabotageBlock(const HF_PLAN *Plan)
{
#ifdef SABOTAGE_FLIP_BYTE
    ULONG64 Address;
    PUCHAR Page;

    for (Address = Plan->Locate.From; Address < Plan->Locate.To; Address += Plan->Locate.Step) {
        Page = MiPhysicalToVirtual(Address);
        if (MiIsPhysicallyMapped(Address >> PAGE_SHIFT) && HfBlockRecognise(Page, Plan->Nonce)) {
            Page[(Plan->Pages > 1 ? 2 : 1) * PAGE_SIZE - 1] ^= 1;
            return;
        }
    }
#else
    UNREFERENCED_PARAMETER(Plan);
#endif
}

/* After guest.driver was sent: sends the same line again. */
FORCEINLINE VOID SabotageDriverFrame(const HF_FRAME *Frame)
{
#ifdef SABOTAGE_REPEAT_FRAME
    HF_SIZE Index;

    for (Index = 0; Index < Frame->Length; Index++) {
        HfUartPutByte(HF_UART_COM2, (HF_UINT8)Frame->Text[Index]);
    }
#else
    UNREFERENCED_PARAMETER(Frame);
#endif
}

/* Before guest.end is sent: leaves the machine half-way through it. */
FORCEINLINE VOID SabotageEndFrame(const HF_FRAME *Frame, HAL_OUTCOME Outcome)
{
#ifdef SABOTAGE_CUT_FRAME
    HF_SIZE Index;

    for (Index = 0; Index < Frame->Length / 2; Index++) {
        HfUartPutByte(HF_UART_COM2, (HF_UINT8)Frame->Text[Index]);
    }
    HalExitMachine(Outcome);
#else
    UNREFERENCED_PARAMETER(Frame);
    UNREFERENCED_PARAMETER(Outcome);
#endif
}

#endif
