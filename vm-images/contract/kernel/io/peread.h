/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reading numbers from an image that nobody has vouched for. */
#ifndef PEREAD_H
#define PEREAD_H

#include "peimage.h"

/* Bytes, because nothing in a file is aligned unless it was checked. */
static inline HF_UINT16 PeRead16(const HF_UINT8 *Bytes)
{
    return (HF_UINT16)(Bytes[0] | (Bytes[1] << 8));
}

static inline HF_UINT32 PeRead32(const HF_UINT8 *Bytes)
{
    return PeRead16(Bytes) | ((HF_UINT32)PeRead16(Bytes + 2) << 16);
}

static inline HF_UINT64 PeRead64(const HF_UINT8 *Bytes)
{
    return PeRead32(Bytes) | ((HF_UINT64)PeRead32(Bytes + 4) << 32);
}

static inline HF_BOOL PeWithin(HF_UINT64 Offset, HF_UINT64 Size, HF_UINT64 Limit)
{
    return (Offset <= Limit) && (Size <= Limit - Offset);
}

#endif
