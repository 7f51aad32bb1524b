/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The channel's hardware: a 16550 UART, polled, so that it works before an operating system, under one, at any IRQL
 * and in a bug check.
 */
#ifndef HF_UART_H
#define HF_UART_H

#include "hf_types.h"

/* COM2's I/O base: COM1 is left to the firmware's and the system's own console. */
#define HF_UART_COM2 0x2F8u

/* What the harness says once it has seen the block: the guest may leave. */
#define HF_UART_ACK 0x41u

/* What the harness says to a machine that waits for its plan: there is one now. */
#define HF_UART_GO 0x47u

/* Programs 115200 baud, 8N1, FIFOs on, interrupts off. Safe to repeat. */
void HfUartInitialize(HF_UINT16 Base);

/*
 * Sends a byte once the transmitter takes it, however slowly the other end reads. A transmitter that stays full for
 * seconds is taken for one that nobody reads: its bytes are dropped from then on, so a boot ends all the same.
 */
void HfUartPutByte(HF_UINT16 Base, HF_UINT8 Byte);

/* Takes a received byte; false where there is none. */
HF_BOOL HfUartGetByte(HF_UINT16 Base, HF_UINT8 *Byte);

/* Binds a channel's PutByte: Context is not used, the UART is COM2. */
void HfUartPutChannelByte(void *Context, HF_UINT8 Byte);

#endif
