/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Small files of the kernel's, and the kernel's answers by name. */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Reads a file's first bytes; a NUL goes behind them.
 *
 * size  of the buffer, the NUL included.
 *
 * Returns how many bytes, or a negative errno.
 */
ssize_t read_text(const char *path, char *buffer, size_t size);

/* Writes a text into a file. 0, or a negative errno. */
int write_text(const char *path, const char *text);

#endif
