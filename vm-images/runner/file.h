/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef PROCMUX_FILE_H
#define PROCMUX_FILE_H

#include "frame.h"

#define FOLLOWED_MAX 256

/* Writes to a file as a FrameWrite asks. A FrameEnd comes after the last, and where one fails. */
void FileWrite(const FRAME *Frame);

/* Sends a file's contents, then a FrameEnd. */
void FileRead(const FRAME *Frame);

/* Follows a file, which must be there already; a FrameEnd comes where that cannot be. */
void FileFollow(const FRAME *Frame);

/* Sends what is left of a followed file, and a FrameEnd. */
void FileLeave(uint32_t Id);

/* Sends all that has been appended to followed files. Returns whether any file is followed. */
int FileServe(void);

#endif
