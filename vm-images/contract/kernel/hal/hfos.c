/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Binds the portable core to the processor. */
#include "cpu.h"

#include "hf_os.h"

HF_UINT8 HfOsPortRead8(HF_UINT16 Port)
{
    return KiReadPort8(Port);
}

void HfOsPortWrite8(HF_UINT16 Port, HF_UINT8 Value)
{
    KiWritePort8(Port, Value);
}

void HfOsPortWrite16(HF_UINT16 Port, HF_UINT16 Value)
{
    KiWritePort16(Port, Value);
}

void HfOsMemoryFence(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}
