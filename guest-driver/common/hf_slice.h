/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reading numbers and words out of a text that is not NUL-terminated and may hold anything. */
#ifndef HF_SLICE_H
#define HF_SLICE_H

#include "hf_types.h"

/* A part of a text. */
typedef struct {
    const char *Start;
    HF_SIZE Length;
} HF_SLICE;

/* Whether the slice is exactly this text. */
HF_BOOL HfSliceIs(HF_SLICE Slice, const char *Text);

/* A decimal number, or "0x" and a hexadecimal one, from 0 to Maximum; false for anything else. */
HF_BOOL HfSliceNumber(HF_SLICE Slice, HF_UINT64 Maximum, HF_UINT64 *Value);
HF_BOOL HfSliceNumber32(HF_SLICE Slice, HF_UINT32 Maximum, HF_UINT32 *Value);

/* Size pairs of hexadecimal digits of either case, and nothing else. */
HF_BOOL HfSliceBytes(HF_SLICE Slice, HF_UINT8 *Bytes, HF_SIZE Size);

/* The place of the slice in a list of words that ends in a null pointer; false where it is none of them. */
HF_BOOL HfSliceWord(HF_SLICE Slice, const char *const Words[], HF_UINT32 *Index);

/* Takes the part up to the separator, or all where there is none, off Rest; the separator goes with it. */
HF_SLICE HfSliceTake(HF_SLICE *Rest, char Separator);

/* Copies the slice, with a NUL behind it; false where it is empty or longer than Maximum. Text has room for Maximum + 1. */
HF_BOOL HfSliceText(HF_SLICE Slice, HF_SIZE Maximum, char *Text);

#endif
