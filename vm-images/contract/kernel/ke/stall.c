/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "nt.h"

#include "cpu.h"

/* Counter 2 of the 8254, which port 0x61 gates and shows, runs at 1.193182 MHz on every PC. */
#define PIT_CHANNEL2 0x42
#define PIT_COMMAND 0x43
#define PIT_COMMAND_CHANNEL2_ONESHOT 0xB0
#define PORT_B 0x61
#define PORT_B_GATE 0x01
#define PORT_B_SPEAKER 0x02
#define PORT_B_OUTPUT 0x20

#define PIT_HERTZ 1193182ull
#define STALL_CHUNK_MICROSECONDS 50000u

static VOID StallChunk(ULONG Microseconds)
{
    ULONG Ticks = (ULONG)((Microseconds * PIT_HERTZ + 999999) / 1000000);
    UCHAR PortB = KiReadPort8(PORT_B) & ~(PORT_B_SPEAKER | PORT_B_GATE);

    KiWritePort8(PORT_B, PortB | PORT_B_GATE);
    KiWritePort8(PIT_COMMAND, PIT_COMMAND_CHANNEL2_ONESHOT);
    KiWritePort8(PIT_CHANNEL2, (UCHAR)Ticks);
    KiWritePort8(PIT_CHANNEL2, (UCHAR)(Ticks >> 8));
    while ((KiReadPort8(PORT_B) & PORT_B_OUTPUT) == 0) {
        YieldProcessor();
    }
    KiWritePort8(PORT_B, PortB);
}

/* DDI: nf-wdm-kestallexecutionprocessor. Any IRQL; busy-waits at least so many microseconds. */
VOID NTAPI KeStallExecutionProcessor(ULONG MicroSeconds)
{
    while (MicroSeconds > STALL_CHUNK_MICROSECONDS) {
        StallChunk(STALL_CHUNK_MICROSECONDS);
        MicroSeconds -= STALL_CHUNK_MICROSECONDS;
    }
    if (MicroSeconds != 0) {
        StallChunk(MicroSeconds);
    }
}
