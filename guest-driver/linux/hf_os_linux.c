// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
/* Binds what the portable core asks of its system to a Linux kernel on x86. */
#include <linux/io.h>

#include <asm/barrier.h>

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
	mb();
}
