/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OFFSET_BYTES 8
#define PORTION_BYTES (64 * 1024)
#define NEW_FILE_MODE 0600
#define NEW_FOLDER_MODE 0700

typedef struct {
    int Open;
    uint32_t Id;
    int Descriptor;
    off_t At;
} FOLLOWED;

static FOLLOWED mFollowed[FOLLOWED_MAX];
static uint8_t mPortion[PORTION_BYTES];

static void SendEnd(uint32_t Id, uint64_t Length, int Failure)
{
    uint8_t end[12];

    StoreLe64(end, Length);
    StoreLe32(end + 8, (uint32_t)Failure);
    FrameSend(FrameEnd, Id, end, sizeof(end), NULL, 0);
}

/* A named pipe that nobody reads is refused, in the place of a wait for somebody who does. */
static int OpenToWrite(const char *Path)
{
    return open(Path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, NEW_FILE_MODE);
}

/* Makes the folder that a file is to be in; what is missing above that is not its business. */
static void MakeFolder(const char *Path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(Path, '/');

    if ((slash != NULL) && (slash != Path) && ((size_t)(slash - Path) < sizeof(folder))) {
        memcpy(folder, Path, (size_t)(slash - Path));
        folder[slash - Path] = 0;
        mkdir(folder, NEW_FOLDER_MODE);
    }
}

/* A named pipe has no offsets. */
static ssize_t Put(int File, const uint8_t *Bytes, size_t Length, off_t Offset)
{
    ssize_t written = pwrite(File, Bytes, Length, Offset);

    return ((written < 0) && (errno == ESPIPE)) ? write(File, Bytes, Length) : written;
}

void FileWrite(const FRAME *Frame)
{
    if (Frame->Length <= OFFSET_BYTES) {
        SendEnd(Frame->Id, 0, EINVAL);
        return;
    }
    off_t offset = (off_t)LoadLe64(Frame->Bytes);
    const char *path = (const char *)Frame->Bytes + OFFSET_BYTES;
    const uint8_t *bytes = (const uint8_t *)path + strlen(path) + 1;
    const uint8_t *end = Frame->Bytes + Frame->Length;

    if (bytes > end) {
        SendEnd(Frame->Id, 0, EINVAL);
        return;
    }
    int last = bytes == end;
    int file = OpenToWrite(path);

    if ((file < 0) && (errno == ENOENT)) {
        MakeFolder(path);
        file = OpenToWrite(path);
    }
    int failure = (file < 0) ? errno : 0;

    if ((failure == 0) && last && (ftruncate(file, offset) != 0)) {
        failure = errno;
    }
    while ((failure == 0) && (bytes < end)) {
        ssize_t written = Put(file, bytes, (size_t)(end - bytes), offset);

        if (written >= 0) {
            bytes += written;
            offset += written;
        } else if (errno != EINTR) {
            failure = errno;
        }
    }
    if (file >= 0) {
        close(file);
    }
    if (last || (failure != 0)) {
        SendEnd(Frame->Id, (uint64_t)offset, failure);
    }
}

static int AllZeros(const uint8_t *Bytes, size_t Length)
{
    return (Bytes[0] == 0) && (memcmp(Bytes, Bytes + 1, Length - 1) == 0);
}

void FileRead(const FRAME *Frame)
{
    uint8_t offset[OFFSET_BYTES];
    uint64_t at = 0;
    int file = open((const char *)Frame->Bytes, O_RDONLY | O_CLOEXEC);
    int failure = (file < 0) ? errno : 0;

    while (failure == 0) {
        ssize_t length = pread(file, mPortion, sizeof(mPortion), (off_t)at);

        if (length == 0) {
            break;
        }
        if (length < 0) {
            failure = (errno == EINTR) ? 0 : errno;
            continue;
        }
        if (!AllZeros(mPortion, (size_t)length)) {
            StoreLe64(offset, at);
            FrameSend(FramePortion, Frame->Id, offset, sizeof(offset), mPortion, (size_t)length);
        }
        at += (uint64_t)length;
    }
    if (file >= 0) {
        close(file);
    }
    SendEnd(Frame->Id, at, failure);
}

void FileFollow(const FRAME *Frame)
{
    int file = open((const char *)Frame->Bytes, O_RDONLY | O_CLOEXEC);

    if (file < 0) {
        SendEnd(Frame->Id, 0, errno);
        return;
    }
    for (int i = 0; i < FOLLOWED_MAX; i++) {
        if (!mFollowed[i].Open) {
            mFollowed[i] = (FOLLOWED){.Open = 1, .Id = Frame->Id, .Descriptor = file};
            return;
        }
    }
    close(file);
    SendEnd(Frame->Id, 0, EMFILE);
}

/* Returns whether there may be more. */
static int PassOn(FOLLOWED *Followed)
{
    ssize_t length = pread(Followed->Descriptor, mPortion, sizeof(mPortion), Followed->At);

    if (length <= 0) {
        return 0;
    }
    FrameSend(FrameAppended, Followed->Id, mPortion, (size_t)length, NULL, 0);
    Followed->At += length;
    return length == (ssize_t)sizeof(mPortion);
}

void FileLeave(uint32_t Id)
{
    for (FOLLOWED *followed = mFollowed; followed < mFollowed + FOLLOWED_MAX; followed++) {
        if (followed->Open && (followed->Id == Id)) {
            while (PassOn(followed)) {
            }
            close(followed->Descriptor);
            followed->Open = 0;
            SendEnd(Id, (uint64_t)followed->At, 0);
        }
    }
}

int FileServe(void)
{
    int any = 0;

    for (FOLLOWED *followed = mFollowed; followed < mFollowed + FOLLOWED_MAX; followed++) {
        if (followed->Open) {
            any = 1;
            while (PassOn(followed)) {
            }
        }
    }
    return any;
}
