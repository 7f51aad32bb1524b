/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Frames: what guest programs say to the harness, one printable line each:
 *
 *   HF1 SEQ EVENT key=value key=value #CRC32C
 *
 * The CRC covers every byte from the H up to and including the space before the '#'.
 */
#ifndef HF_FRAME_H
#define HF_FRAME_H

#include "hf_types.h"

/* Bytes of the longest frame, its line feed included. */
#define HF_FRAME_MAX 1024u

/* The largest number of bytes a frame's ending takes: " #", 8 digits and the line feed, less the space fields end in. */
#define HF_FRAME_TAIL 11u

typedef void (*HF_PUT_BYTE)(void *Context, HF_UINT8 Byte);

/* One sender's end of the channel. Sequence is the number of the next frame, and so the count of those sent. */
typedef struct {
    HF_PUT_BYTE PutByte;
    void *Context;
    HF_UINT32 Sequence;
} HF_CHANNEL;

/* A frame being written. What does not fit is left out as a whole field, and the frame says so with "truncated=1". */
typedef struct {
    HF_SIZE Length;
    HF_BOOL Truncated;
    char Text[HF_FRAME_MAX];
} HF_FRAME;

/* Starts the channel's next frame. Event: lower-case letters, digits, dots and dashes, at most 64 bytes. */
void HfFrameBegin(const HF_CHANNEL *Channel, HF_FRAME *Frame, const char *Event);

/* Adds a value as "0x" and upper-case digits: an address, a status, a code. */
void HfFrameHex(HF_FRAME *Frame, const char *Key, HF_UINT64 Value);

/* Adds a value as a decimal number: a count. */
void HfFrameCount(HF_FRAME *Frame, const char *Key, HF_UINT64 Value);

/* Adds a NUL-terminated text, with %XX for every byte that would end or blur the field. */
void HfFrameText(HF_FRAME *Frame, const char *Key, const char *Text);

/* Adds Size bytes as pairs of lower-case digits: a nonce. */
void HfFrameBytes(HF_FRAME *Frame, const char *Key, const HF_UINT8 *Bytes, HF_SIZE Size);

/* Adds a CRC as eight upper-case digits. */
void HfFrameCrc(HF_FRAME *Frame, const char *Key, HF_UINT32 Crc);

/* Closes the frame with its CRC, sends it and counts it. */
void HfFrameSend(HF_CHANNEL *Channel, HF_FRAME *Frame);

#endif
