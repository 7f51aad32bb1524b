/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hal.h"
#include "sabotage.h"

#include "cpu.h"
#include "hf_ack.h"
#include "hf_uart.h"

/* QEMU's isa-debug-exit: the machine ends with status (value << 1) | 1. */
#define DEBUG_EXIT_PORT 0xF4

typedef struct {
    const char *Name;
    ULONG ExitValue;
} OUTCOME;

static const OUTCOME Outcomes[] = {
    [HalOutcomeDone] = {"done", 0x10},
    [HalOutcomeBugCheck] = {"bugcheck", 0x11},
    [HalOutcomeFatal] = {"fatal", 0x12},
};

static HF_CHANNEL Channel = {HfUartPutChannelByte, NULL, 0};
static const HF_UINT8 *EndNonce;

VOID HalInitializeChannel(ULONG Sequence)
{
    HfUartInitialize(HF_UART_COM2);
    Channel.Sequence = Sequence;
}

VOID HalSetNonce(const HF_UINT8 *Nonce)
{
    EndNonce = Nonce;
}

VOID HalBeginFrame(HF_FRAME *Frame, const char *Event)
{
    HfFrameBegin(&Channel, Frame, Event);
}

VOID HalSendFrame(HF_FRAME *Frame)
{
    HfFrameSend(&Channel, Frame);
}

VOID HalBreakLine(VOID)
{
    HfUartPutByte(HF_UART_COM2, '\n');
}

VOID HalReportFatal(const char *Reason, const char *Detail, NTSTATUS Status)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, "guest.fatal");
    HfFrameText(&Frame, "reason", Reason);
    if (Detail != NULL) {
        HfFrameText(&Frame, "detail", Detail);
    }
    HfFrameHex(&Frame, "status", (ULONG)Status);
    HalSendFrame(&Frame);
}

VOID HalExitMachine(HAL_OUTCOME Outcome)
{
    KiWritePort32(DEBUG_EXIT_PORT, Outcomes[Outcome].ExitValue);
    for (;;) {
        __asm__ volatile("cli; hlt");
    }
}

VOID HalEndGuest(HAL_OUTCOME Outcome)
{
    HF_FRAME Frame;

    HalBeginFrame(&Frame, "guest.end");
    HfFrameBytes(&Frame, "nonce", EndNonce, (EndNonce == NULL) ? 0 : HF_NONCE_SIZE);
    HfFrameCount(&Frame, "frames", Channel.Sequence + 1);
    HfFrameText(&Frame, "outcome", Outcomes[Outcome].Name);
    SabotageEndFrame(&Frame, Outcome);
    HalSendFrame(&Frame);
    HfAckAwait();
    HalExitMachine(Outcome);
}

VOID HalEndFatally(const char *Reason, const char *Detail, NTSTATUS Status)
{
    HalReportFatal(Reason, Detail, Status);
    HalEndGuest(HalOutcomeFatal);
}
