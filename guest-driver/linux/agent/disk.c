// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "module.h"

#define MOUNT_POINT "/esp"

/* What a FAT file system needs. */
#define FILE_SYSTEM_MODULES "/holdfast/ready.txt"

int disk_find(char *path, size_t size)
{
	DIR *disks = opendir("/sys/block");
	struct dirent *entry;
	int error = ENODEV;

	while (disks && error && (entry = readdir(disks))) {
		if (strncmp(entry->d_name, "vd", 2) != 0)
			continue;
		snprintf(path, size, "/dev/%.32s", entry->d_name);
		error = 0;
	}
	if (disks)
		closedir(disks);
	return error;
}

static int mount_once(void)
{
	static int mounted;
	char disk[64];
	char part[72];
	int error;

	if (mounted)
		return 0;
	error = disk_find(disk, sizeof(disk));
	if (error)
		return error;
	error = module_load_list(FILE_SYSTEM_MODULES);
	if (error)
		return error;
	(void)mkdir(MOUNT_POINT, 0700);
	snprintf(part, sizeof(part), "%s1", disk);
	if (mount(disk, MOUNT_POINT, "vfat", MS_RDONLY, NULL) && mount(part, MOUNT_POINT, "vfat", MS_RDONLY, NULL))
		return errno;
	mounted = 1;
	return 0;
}

int disk_open(const char *path)
{
	int error = mount_once();
	char file[512];
	char *slash;
	int opened;

	if (error)
		return -error;
	snprintf(file, sizeof(file), MOUNT_POINT "%s%.400s", path[0] == '\\' ? "" : "/", path);
	while ((slash = strchr(file, '\\')))
		*slash = '/';
	opened = open(file, O_RDONLY | O_CLOEXEC);
	return opened < 0 ? -errno : opened;
}
