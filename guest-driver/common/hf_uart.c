/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_uart.h"

#include "hf_os.h"

/* Registers and bits as in the PC16550D data sheet (National Semiconductor, June 1995, section 8). */
#define REG_DATA 0u
#define REG_INTERRUPT_ENABLE 1u
#define REG_FIFO_CONTROL 2u
#define REG_LINE_CONTROL 3u
#define REG_MODEM_CONTROL 4u
#define REG_LINE_STATUS 5u

#define LINE_CONTROL_8N1 0x03u
#define LINE_CONTROL_DIVISOR_LATCH 0x80u
#define FIFO_ENABLE 0x01u
#define MODEM_DTR_RTS 0x03u
#define LINE_STATUS_DATA_READY 0x01u
#define LINE_STATUS_TRANSMITTER_EMPTY 0x20u

/* 1.8432 MHz / (16 * 115200) */
#define DIVISOR_115200 1u

/*
 * How long to wait for a transmitter that is full because whoever reads at the other end is busy: some seconds, as a
 * poll of a port costs from 0.1 us (emulated) to 1 us (real).
 */
#define POLLS_MAX 20000000u

#define PORT(Base, Register) ((HF_UINT16)((Base) + (Register)))

void HfUartInitialize(HF_UINT16 Base)
{
    HfOsPortWrite8(PORT(Base, REG_INTERRUPT_ENABLE), 0);
    HfOsPortWrite8(PORT(Base, REG_LINE_CONTROL), LINE_CONTROL_DIVISOR_LATCH | LINE_CONTROL_8N1);
    HfOsPortWrite8(PORT(Base, REG_DATA), DIVISOR_115200);
    HfOsPortWrite8(PORT(Base, REG_INTERRUPT_ENABLE), 0);
    HfOsPortWrite8(PORT(Base, REG_LINE_CONTROL), LINE_CONTROL_8N1);
    HfOsPortWrite8(PORT(Base, REG_FIFO_CONTROL), FIFO_ENABLE);
    HfOsPortWrite8(PORT(Base, REG_MODEM_CONTROL), MODEM_DTR_RTS);
}

/* Set for good once a transmitter has not emptied in POLLS_MAX polls: the wait is paid once, not once a byte. */
static HF_BOOL mStuck;

void HfUartPutByte(HF_UINT16 Base, HF_UINT8 Byte)
{
    HF_UINT32 Polls = 0;

    if (mStuck) {
        return;
    }
    while ((HfOsPortRead8(PORT(Base, REG_LINE_STATUS)) & LINE_STATUS_TRANSMITTER_EMPTY) == 0) {
        if (++Polls == POLLS_MAX) {
            mStuck = HF_TRUE;
            return;
        }
    }
    HfOsPortWrite8(PORT(Base, REG_DATA), Byte);
}

HF_BOOL HfUartGetByte(HF_UINT16 Base, HF_UINT8 *Byte)
{
    HF_UINT8 Status = HfOsPortRead8(PORT(Base, REG_LINE_STATUS));

    /* An absent UART reads 0xFF, which would be data for ever. */
    if ((Status == 0xFF) || ((Status & LINE_STATUS_DATA_READY) == 0)) {
        return HF_FALSE;
    }
    *Byte = HfOsPortRead8(PORT(Base, REG_DATA));
    return HF_TRUE;
}

void HfUartPutChannelByte(void *Context, HF_UINT8 Byte)
{
    (void)Context;
    HfUartPutByte(HF_UART_COM2, Byte);
}
