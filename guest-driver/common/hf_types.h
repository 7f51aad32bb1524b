/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Fixed-width types for code that is compiled into UEFI images, NT drivers, Linux modules and host
 * tests. They come from the compiler itself because those four share no header.
 */
#ifndef HF_TYPES_H
#define HF_TYPES_H

typedef __UINT8_TYPE__ HF_UINT8;
typedef __UINT16_TYPE__ HF_UINT16;
typedef __UINT32_TYPE__ HF_UINT32;
typedef __UINT64_TYPE__ HF_UINT64;
typedef __SIZE_TYPE__ HF_SIZE;
typedef _Bool HF_BOOL;

#define HF_TRUE 1
#define HF_FALSE 0

/* Bytes of a page: x86-64's smallest, and the unit of UEFI's AllocatePages. */
#define HF_PAGE_SIZE 4096u

/* Bytes of a run's nonce. */
#define HF_NONCE_SIZE 16u

#endif
