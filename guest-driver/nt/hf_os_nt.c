/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Binds what the portable core asks of its system to an NT kernel on x64, where port I/O is an instruction. */
#include <ntddk.h>

#include "hf_os.h"

HF_UINT8 HfOsPortRead8(HF_UINT16 Port)
{
    return __inbyte(Port);
}

void HfOsPortWrite8(HF_UINT16 Port, HF_UINT8 Value)
{
    __outbyte(Port, Value);
}

void HfOsPortWrite16(HF_UINT16 Port, HF_UINT16 Value)
{
    __outword(Port, Value);
}

void HfOsMemoryFence(void)
{
    __faststorefence();
}
