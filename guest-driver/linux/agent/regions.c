// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "regions.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "files.h"

#define MEMMAP "/sys/firmware/memmap"

/* Resources within resources (linux: kernel/resource.c, MAX_IORES_LEVEL, is 5). */
#define DEPTH_MAX 8
#define NAME_MAX_SAID 64

/* The first pages of a machine have few regions; a walk over all memory might have many. */
#define FRAMES_MAX 48

struct region {
	unsigned long long start;
	unsigned long long end;
	char name[NAME_MAX_SAID];
};

static unsigned int said;

static void say(const char *source, const struct region *region, const char *name)
{
	HF_FRAME frame;

	if (said++ >= FRAMES_MAX)
		return;
	HfFrameBegin(&guest_channel, &frame, "guest.region");
	HfFrameText(&frame, "source", source);
	HfFrameHex(&frame, "at", region->start);
	HfFrameHex(&frame, "end", region->end);
	HfFrameText(&frame, "name", name);
	HfFrameSend(&guest_channel, &frame);
}

/* "outer / inner": the resources that a line of /proc/iomem stands in. */
static void nested_name(const struct region *stack, size_t depth, char *name, size_t size)
{
	size_t used = 0;
	size_t level;

	name[0] = '\0';
	for (level = 0; level <= depth && used < size; level++)
		used += (size_t)snprintf(name + used, size - used, "%s%s", level ? " / " : "", stack[level].name);
}

/* Two spaces a level, then "start-end : name" (linux: kernel/resource.c, r_show). */
static void say_iomem(unsigned long long first, unsigned long long last)
{
	struct region stack[DEPTH_MAX];
	char line[256];
	FILE *file = fopen("/proc/iomem", "re");

	while (file && fgets(line, sizeof(line), file)) {
		size_t depth = strspn(line, " ") / 2;
		struct region *region = &stack[depth < DEPTH_MAX ? depth : DEPTH_MAX - 1];
		char name[DEPTH_MAX * NAME_MAX_SAID];

		if (depth >= DEPTH_MAX || sscanf(line, "%llx-%llx : %63[^\n]", &region->start, &region->end, region->name) != 3)
			continue;
		if (region->end < first || region->start > last)
			continue;
		nested_name(stack, depth, name, sizeof(name));
		say("iomem", region, name);
	}
	if (file)
		fclose(file);
}

static int read_number(const char *entry, const char *file, unsigned long long *value)
{
	char path[320];
	char text[32];

	snprintf(path, sizeof(path), MEMMAP "/%.200s/%s", entry, file);
	if (read_text(path, text, sizeof(text)) < 0)
		return -1;
	*value = strtoull(text, NULL, 16);
	return 0;
}

static void say_memmap(unsigned long long first, unsigned long long last)
{
	DIR *map = opendir(MEMMAP);
	struct dirent *entry;

	while (map && (entry = readdir(map))) {
		struct region region;
		char path[320];

		snprintf(path, sizeof(path), MEMMAP "/%.200s/type", entry->d_name);
		if (entry->d_name[0] == '.' || read_number(entry->d_name, "start", &region.start) ||
		    read_number(entry->d_name, "end", &region.end) || read_text(path, region.name, sizeof(region.name)) < 0)
			continue;
		region.name[strcspn(region.name, "\n")] = '\0';
		if (region.end >= first && region.start <= last)
			say("memmap", &region, region.name);
	}
	if (map)
		closedir(map);
}

void regions_say(unsigned long long first, unsigned long long last)
{
	said = 0;
	say_iomem(first, last);
	say_memmap(first, last);
}
