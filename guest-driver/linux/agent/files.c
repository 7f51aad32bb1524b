// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

ssize_t read_text(const char *path, char *buffer, size_t size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	size_t total = 0;
	ssize_t got = 0;

	if (file < 0)
		return -errno;
	while (total < size - 1 && (got = read(file, buffer + total, size - 1 - total)) > 0)
		total += (size_t)got;
	got = got < 0 ? -errno : (ssize_t)total;
	close(file);
	buffer[total] = '\0';
	return got;
}

int write_text(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	int error = 0;

	if (file < 0)
		return -errno;
	if (write(file, text, strlen(text)) < 0)
		error = -errno;
	close(file);
	return error;
}
