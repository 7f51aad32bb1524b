/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "frame.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* The harness's descriptor numbers are nobody's business but the kernel's: these two are all that ties the two programs. */
#define FROM_HARNESS 0
#define TO_HARNESS 1

uint32_t LoadLe32(const uint8_t *At)
{
    return (uint32_t)At[0] | ((uint32_t)At[1] << 8) | ((uint32_t)At[2] << 16) | ((uint32_t)At[3] << 24);
}

uint64_t LoadLe64(const uint8_t *At)
{
    return LoadLe32(At) | ((uint64_t)LoadLe32(At + 4) << 32);
}

void StoreLe32(uint8_t *At, uint32_t Value)
{
    for (int i = 0; i < 4; i++) {
        At[i] = (uint8_t)(Value >> (8 * i));
    }
}

void StoreLe64(uint8_t *At, uint64_t Value)
{
    StoreLe32(At, (uint32_t)Value);
    StoreLe32(At + 4, (uint32_t)(Value >> 32));
}

/* Returns 0 where the input ends first. */
static int ReadAll(uint8_t *Into, size_t Length)
{
    while (Length > 0) {
        ssize_t got = read(FROM_HARNESS, Into, Length);

        if ((got == 0) || ((got < 0) && (errno != EINTR))) {
            return 0;
        }
        if (got > 0) {
            Into += got;
            Length -= (size_t)got;
        }
    }
    return 1;
}

int FrameReceive(FRAME *Frame)
{
    static uint8_t mContents[FRAME_MAX_BYTES + 1];
    uint8_t header[FRAME_HEADER_BYTES];

    if (!ReadAll(header, sizeof(header))) {
        return 0;
    }
    Frame->Kind = header[0];
    Frame->Id = LoadLe32(header + 1);
    Frame->Length = LoadLe32(header + 5);
    Frame->Bytes = mContents;
    if ((Frame->Length > FRAME_MAX_BYTES) || !ReadAll(mContents, Frame->Length)) {
        return 0;
    }
    mContents[Frame->Length] = 0;
    return 1;
}

void FrameSend(uint8_t Kind, uint32_t Id, const void *First, size_t FirstLength, const void *Second, size_t SecondLength)
{
    uint8_t header[FRAME_HEADER_BYTES];
    struct iovec pieces[] = {
        {header, sizeof(header)},
        {(void *)First, FirstLength},
        {(void *)Second, SecondLength},
    };

    header[0] = Kind;
    StoreLe32(header + 1, Id);
    StoreLe32(header + 5, (uint32_t)(FirstLength + SecondLength));
    for (int piece = 0; piece < 3;) {
        ssize_t sent = writev(TO_HARNESS, &pieces[piece], 3 - piece);

        if ((sent < 0) && (errno != EINTR)) {
            exit(0);
        }
        for (; (piece < 3) && (sent >= (ssize_t)pieces[piece].iov_len); piece++) {
            sent -= (ssize_t)pieces[piece].iov_len;
        }
        if ((piece < 3) && (sent > 0)) {
            pieces[piece].iov_base = (uint8_t *)pieces[piece].iov_base + sent;
            pieces[piece].iov_len -= (size_t)sent;
        }
    }
}
