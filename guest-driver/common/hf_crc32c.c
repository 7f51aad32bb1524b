/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Eight bytes at a time, a table for each (Kounavis, Berry: A Systematic Approach to Building High Performance,
 * Software-Based, CRC Generators, 2005): every byte of every block goes through here several times a boot, and most boots
 * are emulated.
 */
#include "hf_crc32c.h"

#define POLYNOMIAL 0x82F63B78u      /* Castagnoli's, reflected */

#define SLICES 8

/* mTable[n][b] is the CRC of the byte b with n zero bytes behind it. */
static HF_UINT32 mTable[SLICES][256];

/* Twice at a time would write the same numbers twice; the last of them is written last. */
static void MakeTables(void)
{
    HF_UINT32 Byte;
    HF_UINT32 Slice;
    HF_UINT32 Bit;
    HF_UINT32 Crc;

    for (Byte = 0; Byte < 256; Byte++) {
        Crc = Byte;
        for (Bit = 0; Bit < 8; Bit++) {
            Crc = (Crc >> 1) ^ (POLYNOMIAL & (0u - (Crc & 1u)));
        }
        mTable[0][Byte] = Crc;
    }
    for (Slice = 1; Slice < SLICES; Slice++) {
        for (Byte = 0; Byte < 256; Byte++) {
            Crc = mTable[Slice - 1][Byte];
            mTable[Slice][Byte] = (Crc >> 8) ^ mTable[0][Crc & 0xFF];
        }
    }
}

static HF_UINT32 LoadLittleEndian32(const HF_UINT8 *Bytes)
{
    return (HF_UINT32)Bytes[0] | ((HF_UINT32)Bytes[1] << 8) | ((HF_UINT32)Bytes[2] << 16) | ((HF_UINT32)Bytes[3] << 24);
}

HF_UINT32 HfCrc32c(HF_UINT32 Crc, const void *Data, HF_SIZE Size)
{
    const HF_UINT8 *Byte = Data;
    HF_UINT32 Low;
    HF_UINT32 High;

    if (mTable[SLICES - 1][255] == 0) {
        MakeTables();
    }
    Crc = ~Crc;
    for (; Size >= SLICES; Size -= SLICES, Byte += SLICES) {
        Low = Crc ^ LoadLittleEndian32(Byte);
        High = LoadLittleEndian32(Byte + 4);
        Crc = mTable[7][Low & 0xFF] ^ mTable[6][(Low >> 8) & 0xFF] ^ mTable[5][(Low >> 16) & 0xFF] ^ mTable[4][Low >> 24] ^
              mTable[3][High & 0xFF] ^ mTable[2][(High >> 8) & 0xFF] ^ mTable[1][(High >> 16) & 0xFF] ^ mTable[0][High >> 24];
    }
    while (Size-- != 0) {
        Crc = (Crc >> 8) ^ mTable[0][(Crc ^ *Byte++) & 0xFF];
    }
    return ~Crc;
}
