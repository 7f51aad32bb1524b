/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef PROCMUX_FRAME_H
#define PROCMUX_FRAME_H

#include <stddef.h>
#include <stdint.h>

/*
 * What goes over the program's standard input and output: frames. A frame is a header of FRAME_HEADER_BYTES (its kind, one byte; an
 * id, and the length of what follows, 32 bits each, little-endian), then that many bytes, FRAME_MAX_BYTES at most. The id is the
 * harness's name for a process or a file that it asked for.
 */
#define FRAME_HEADER_BYTES 9
#define FRAME_MAX_BYTES (256 * 1024)

/* What the harness asks for. */
enum {
    FrameRun = 'R',    /* start a process; the argument words, each with a NUL after it */
    FrameInput = 'I',  /* to the process's standard input; nothing: that is all */
    FrameKill = 'K',   /* end the process and its children */
    /* Write to a file, which is made if need be, and so is its folder: offset (64 bits), path, NUL, the bytes. None: the file ends at the offset. */
    FrameWrite = 'W',
    FrameRead = 'G',   /* read a file: path */
    FrameFollow = 'F', /* read a file, and what is appended to it: path */
    FrameLeave = 'U',  /* read the followed file to its end once more, and no further */
    FramePing = 'P',   /* the harness is alive */
    FrameQuit = 'Q',   /* end, and let everything end with this */
};

/* What it is told. */
enum {
    FrameOutput = 'O',   /* of the process's standard output */
    FrameError = 'X',    /* of its standard error */
    FrameExit = 'E',     /* how it ended, 32 bits: its status, or 128 and the signal's number; or -errno where it could not be started */
    FrameAppended = 'D', /* the next bytes of a file that is followed */
    FramePortion = 'H',  /* offset (64 bits), bytes of a file that is read; what is all zeros is left out */
    FrameEnd = 'Z',      /* of a file: its length (64 bits), errno (32 bits; 0: all has been read or written) */
};

typedef struct {
    uint8_t Kind;
    uint32_t Id;
    uint32_t Length;
    uint8_t *Bytes;
} FRAME;

uint32_t LoadLe32(const uint8_t *At);
uint64_t LoadLe64(const uint8_t *At);
void StoreLe32(uint8_t *At, uint32_t Value);
void StoreLe64(uint8_t *At, uint64_t Value);

/* Waits for the next frame. Returns 0 at the end of the input. Frame->Bytes is good until the next call, and has a NUL after it. */
int FrameReceive(FRAME *Frame);

/* Sends a frame whose contents are two pieces, either of which may be empty. Ends the program if nobody listens any more. */
void FrameSend(uint8_t Kind, uint32_t Id, const void *First, size_t FirstLength, const void *Second, size_t SecondLength);

#endif
