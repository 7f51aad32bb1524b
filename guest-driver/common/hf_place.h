/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block's place, as the UEFI application publishes it for a driver that does not scan: as the value of a UEFI
 * variable, or in an ACPI table. Whoever reads it looks at the block all the same: memory may have changed hands since.
 */
#ifndef HF_PLACE_H
#define HF_PLACE_H

#include "hf_types.h"

/* The value of the variable. Little-endian. */
typedef struct {
    HF_UINT64 Address;                  /* physical, of the header page */
    HF_UINT64 Bytes;
    HF_UINT8 Nonce[HF_NONCE_SIZE];
} HF_PLACE;

/* The variable's name, as UEFI and NT write it, and its vendor, which is this project. */
#define HF_PLACE_VARIABLE L"HoldfastBlock"
#define HF_PLACE_VENDOR {0xa0a19228, 0x8984, 0x4505, {0x9e, 0x55, 0x1d, 0x8f, 0x06, 0x10, 0xd6, 0x43}}

/* "HFPL" as it stands in memory. */
#define HF_PLACE_TABLE_SIGNATURE 0x4C504648u
#define HF_PLACE_TABLE_REVISION 1u

/* An ACPI table: the header that all of them have (ACPI specification, 5.2.6), then the place. */
typedef struct __attribute__((packed)) {
    HF_UINT32 Signature;
    HF_UINT32 Length;                   /* bytes of the whole table */
    HF_UINT8 Revision;
    HF_UINT8 Checksum;                  /* makes the sum of all bytes 0 */
    HF_UINT8 OemId[6];
    HF_UINT8 OemTableId[8];
    HF_UINT32 OemRevision;
    HF_UINT32 CreatorId;
    HF_UINT32 CreatorRevision;
    HF_PLACE Place;
} HF_PLACE_TABLE;

/* Makes a table of a place. */
void HfPlaceTableFill(HF_PLACE_TABLE *Table, const HF_PLACE *Place);

/* Whether Size bytes are such a table: signature, length, revision and checksum. */
HF_BOOL HfPlaceTableIsSound(const HF_PLACE_TABLE *Table, HF_SIZE Size);

#endif
