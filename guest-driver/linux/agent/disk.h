/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The disk that the machine was started from: the EFI system partition. */
#ifndef DISK_H
#define DISK_H

#include <stddef.h>

/* The first virtio disk's device file. 0, or a positive errno. */
int disk_find(char *path, size_t size);

/*
 * Opens a file of the disk's file system for reading, which is mounted for it.
 *
 * path  as plans have it, with backslashes.
 *
 * Returns a file descriptor, or a negative errno.
 */
int disk_open(const char *path);

#endif
