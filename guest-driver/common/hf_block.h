/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The block: the physical pages that the UEFI application fills and the driver looks for.
 *
 * Page 0 is the header page, pages 1 to n-1 are payload. Every byte follows from the nonce, the number of pages, the
 * address and the memory type, so whoever knows those four can check every byte. All numbers are little-endian.
 */
#ifndef HF_BLOCK_H
#define HF_BLOCK_H

#include "hf_types.h"

#define HF_BLOCK_VERSION 1u
#define HF_BLOCK_HEADER_SIZE 80u
#define HF_BLOCK_MAGIC_SIZE 16u

/* The most pages a block may have: 4 GiB. */
#define HF_BLOCK_PAGES_MAX 0x100000u

/* In place of a UEFI memory type: the pages were given back before they were filled. */
#define HF_BLOCK_TYPE_UNRESERVED 0xFFFFFFFFu

typedef struct {
    HF_UINT8 Magic[HF_BLOCK_MAGIC_SIZE];
    HF_UINT32 Version;
    HF_UINT32 HeaderSize;           /* bytes; the rest of the header page is keystream */
    HF_UINT8 Nonce[HF_NONCE_SIZE];
    HF_UINT64 Pages;                /* header page included */
    HF_UINT64 Address;              /* physical, of the header page */
    HF_UINT32 MemoryType;           /* UEFI memory type, or HF_BLOCK_TYPE_UNRESERVED */
    HF_UINT32 PayloadCrc;           /* CRC-32C of pages 1 to n-1; 0 for a block of one page */
    HF_UINT64 Reserved0;            /* 0 */
    HF_UINT32 Reserved1;            /* 0 */
    HF_UINT32 HeaderCrc;            /* CRC-32C of the 76 bytes before it */
} HF_BLOCK_HEADER;

/* What a block is determined by. */
typedef struct {
    HF_UINT8 Nonce[HF_NONCE_SIZE];
    HF_UINT64 Pages;
    HF_UINT64 Address;
    HF_UINT32 MemoryType;
} HF_BLOCK_IDENTITY;

/* The first byte of a page that is not as it was written. */
typedef struct {
    HF_UINT64 Page;                 /* index in the block */
    HF_UINT32 Offset;               /* bytes into the page */
    HF_UINT8 Expected;
    HF_UINT8 Seen;
} HF_BLOCK_DAMAGE;

/* Called by HfBlockCheck once for each damaged page, in rising order. */
typedef void (*HF_BLOCK_DAMAGED)(void *Context, const HF_BLOCK_DAMAGE *Damage);

typedef struct {
    HF_UINT64 Intact;               /* pages that are exactly as written */
    HF_UINT32 Crc;                  /* CRC-32C of all bytes as they were read */
} HF_BLOCK_RESULT;

/*
 * Fills Block[0 .. Pages * HF_PAGE_SIZE): the payload first, then a fence, then the magic, so that whoever finds the
 * magic finds the payload complete.
 *
 * Block  the pages at their address, page-aligned, writable.
 */
void HfBlockFill(void *Block, const HF_BLOCK_IDENTITY *Identity);

/*
 * Tells whether a page starts with a sound header of this run: magic, version, nonce and header CRC. Reads only the
 * first HF_BLOCK_HEADER_SIZE bytes.
 */
HF_BOOL HfBlockRecognise(const void *Page, const HF_UINT8 Nonce[HF_NONCE_SIZE]);

/* Reads every byte of a block's pages and compares it with what Identity says must be there. Damaged may be null. */
void HfBlockCheck(const void *Block, const HF_BLOCK_IDENTITY *Identity, HF_BLOCK_DAMAGED Damaged, void *Context,
                  HF_BLOCK_RESULT *Result);

/* The header that a block of this identity has. PayloadCrc takes a pass over the expected payload. */
void HfBlockHeader(const HF_BLOCK_IDENTITY *Identity, HF_BLOCK_HEADER *Header);

/*
 * The 64-bit word that belongs at a place of the block, headers aside.
 *
 * Page   index in the block.
 * Index  0..511, in units of 8 bytes.
 */
HF_UINT64 HfBlockWord(const HF_BLOCK_IDENTITY *Identity, HF_UINT64 Page, HF_UINT32 Index);

#endif
