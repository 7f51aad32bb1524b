/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_ack.h"

#include "hf_os.h"
#include "hf_uart.h"

/* The MC146818's address and data ports and its seconds register, which changes once a second in BCD as in binary. */
#define CMOS_ADDRESS 0x70u
#define CMOS_DATA 0x71u
#define CMOS_SECONDS 0x00u

#define WAIT_SECONDS 10u

static HF_UINT8 Seconds(void)
{
    HfOsPortWrite8(CMOS_ADDRESS, CMOS_SECONDS);
    return HfOsPortRead8(CMOS_DATA);
}

void HfAckAwait(void)
{
    HF_UINT8 Last = Seconds();
    HF_UINT8 Now;
    HF_UINT8 Byte;
    HF_UINT32 Passed = 0;

    while (Passed <= WAIT_SECONDS) {
        if (HfUartGetByte(HF_UART_COM2, &Byte) && (Byte == HF_UART_ACK)) {
            return;
        }
        Now = Seconds();
        if (Now != Last) {
            Last = Now;
            Passed++;
        }
    }
}
