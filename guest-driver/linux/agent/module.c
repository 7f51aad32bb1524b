// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "module.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MODULE_FOLDER "/holdfast/"

int module_load(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	int error = 0;

	if (file < 0)
		return errno;
	if (syscall(SYS_finit_module, file, "", 0) != 0)
		error = errno;
	close(file);
	return error;
}

int module_load_list(const char *list)
{
	FILE *file = fopen(list, "re");
	char name[64];
	char path[96];
	int error = 0;

	if (!file)
		return errno;
	while (!error && fgets(name, sizeof(name), file)) {
		name[strcspn(name, "\n")] = '\0';
		snprintf(path, sizeof(path), MODULE_FOLDER "%s.ko", name);
		error = module_load(path);
		if (error == EEXIST)
			error = 0;
	}
	fclose(file);
	return error;
}

int module_unload(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) == 0 ? 0 : errno;
}
