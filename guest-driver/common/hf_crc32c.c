/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "hf_crc32c.h"

/* CRC of each 4-bit value under the reflected polynomial 0x82F63B78: 64 bytes of table in place of 1 KiB. */
static const HF_UINT32 mNibble[16] = {
    0x00000000u, 0x105EC76Fu, 0x20BD8EDEu, 0x30E349B1u, 0x417B1DBCu, 0x5125DAD3u, 0x61C69362u, 0x7198540Du,
    0x82F63B78u, 0x92A8FC17u, 0xA24BB5A6u, 0xB21572C9u, 0xC38D26C4u, 0xD3D3E1ABu, 0xE330A81Au, 0xF36E6F75u,
};

HF_UINT32 HfCrc32c(HF_UINT32 Crc, const void *Data, HF_SIZE Size)
{
    const HF_UINT8 *Byte = Data;

    Crc = ~Crc;
    while (Size-- != 0) {
        Crc ^= *Byte++;
        Crc = (Crc >> 4) ^ mNibble[Crc & 0xF];
        Crc = (Crc >> 4) ^ mNibble[Crc & 0xF];
    }
    return ~Crc;
}
