/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * CRC-32C (Castagnoli), as iSCSI computes it (RFC 3720, appendix B.4): reflected, initial value and final
 * exclusive-or 0xFFFFFFFF. The CRC of the nine bytes "123456789" is 0xE3069283.
 */
#ifndef HF_CRC32C_H
#define HF_CRC32C_H

#include "hf_types.h"

/*
 * Continues a CRC over Size more bytes.
 *
 * Crc   the CRC of the bytes before, 0 at the start.
 * Data  the bytes; may be null where Size is 0.
 */
HF_UINT32 HfCrc32c(HF_UINT32 Crc, const void *Data, HF_SIZE Size);

#endif
