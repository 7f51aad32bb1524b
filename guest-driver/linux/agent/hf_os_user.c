// SPDX-License-Identifier: BSD-2-Clause-Patent
/* Binds what the portable core asks of its system to a Linux process that ioperm lets at the ports (ioperm(2)). */
#include <sys/io.h>

#include "hf_os.h"

HF_UINT8 HfOsPortRead8(HF_UINT16 port)
{
	return inb(port);
}

void HfOsPortWrite8(HF_UINT16 port, HF_UINT8 value)
{
	outb(value, port);
}

void HfOsPortWrite16(HF_UINT16 port, HF_UINT16 value)
{
	outw(value, port);
}

void HfOsMemoryFence(void)
{
	__sync_synchronize();
}
