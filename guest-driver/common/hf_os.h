/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What the core asks of the system it runs in. Each system binds these functions once, in a folder of its own.
 * All of them may be called at any IRQL, with interrupts on or off.
 */
#ifndef HF_OS_H
#define HF_OS_H

#include "hf_types.h"

HF_UINT8 HfOsPortRead8(HF_UINT16 Port);
void HfOsPortWrite8(HF_UINT16 Port, HF_UINT8 Value);

/* Writes Value in the processor's own byte order. */
void HfOsPortWrite16(HF_UINT16 Port, HF_UINT16 Value);

/* Keeps the compiler and the processor from moving stores across it. */
void HfOsMemoryFence(void);

#endif
