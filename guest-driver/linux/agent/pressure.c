// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "pressure.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#include "disk.h"
#include "files.h"
#include "hf_types.h"
#include "module.h"
#include "say.h"

/* A module of some size that nothing else needs. */
#define SPARE_MODULE_NAME "nls_cp936"
#define SPARE_MODULE "/holdfast/" SPARE_MODULE_NAME ".ko"
#define MODULE_ROUNDS 4

/* What the page cache is filled with, twice: this much of the disk. */
#define CACHE_BYTES (8ul << 20)

#define PATTERN 0xA5

#define SYSLOG_ACTION_READ_ALL 3

static unsigned long long memory_bytes(void)
{
	struct sysinfo info;

	return sysinfo(&info) == 0 ? (unsigned long long)info.totalram * info.mem_unit : 0;
}

/*
 * The kernel clears what it takes over and what is freed (Documentation/admin-guide/kernel-parameters.txt, init_on_free)
 * and says so in its log (init/main.c, report_meminit): "mem auto-init: stack:..., heap alloc:on, heap free:on".
 */
static void init_stage(void)
{
	static const char words[] = "mem auto-init: ";
	static char log[1 << 18];
	int size = klogctl(SYSLOG_ACTION_READ_ALL, log, sizeof(log) - 1);
	char *line;

	log[size > 0 ? size : 0] = '\0';
	line = strstr(log, words);
	if (!line) {
		say_pressure("init", 0, "unknown");
		return;
	}
	line += sizeof(words) - 1;
	line[strcspn(line, "\n")] = '\0';
	say_pressure("init", strstr(line, "heap free:on") ? memory_bytes() : 0, line);
}

/* Writes pages until there are no more, which is the end of this process. Large pages, as long as there are any, save faults. */
static void write_all_pages(volatile unsigned long long *written)
{
	size_t size = 2 * memory_bytes();
	char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (memory == MAP_FAILED)
		_exit(1);
	(void)madvise(memory, size, MADV_HUGEPAGE);
	(void)write_text("/proc/self/oom_score_adj", "1000");
	for (; *written < size; *written += HF_PAGE_SIZE)
		memset(memory + *written, PATTERN, HF_PAGE_SIZE);
	_exit(1);
}

/* Documentation/admin-guide/sysctl/vm.rst: nothing is promised ahead, and no zone is kept back from user space. */
static void free_pages_stage(void)
{
	volatile unsigned long long *written = mmap(NULL, HF_PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const char *outcome;
	int status = 0;
	pid_t child;

	if (written == MAP_FAILED) {
		say_pressure("free-pages", 0, "no-memory");
		return;
	}
	(void)write_text("/proc/sys/vm/overcommit_memory", "1");
	(void)write_text("/proc/sys/vm/lowmem_reserve_ratio", "0 0 0 0 0");
	child = fork();
	if (child == 0)
		write_all_pages(written);
	if (child < 0 || waitpid(child, &status, 0) != child)
		outcome = "no-process";
	else
		outcome = WIFSIGNALED(status) ? "oom-killed" : "not-killed";
	say_pressure("free-pages", *written, outcome);
	munmap((void *)written, HF_PAGE_SIZE);
}

/* Reads the disk's first bytes through the page cache, twice, with the cache dropped after each. */
static void page_cache_stage(void)
{
	static char buffer[1 << 16];
	unsigned long long total = 0;
	const char *outcome = "dropped";
	char disk[64];
	ssize_t got;
	int round;

	if (disk_find(disk, sizeof(disk))) {
		say_pressure("page-cache", 0, "no-disk");
		return;
	}
	for (round = 0; round < 2; round++) {
		int file = open(disk, O_RDONLY | O_CLOEXEC);
		size_t left = CACHE_BYTES;

		while (file >= 0 && left > 0 && (got = read(file, buffer, left < sizeof(buffer) ? left : sizeof(buffer))) > 0) {
			left -= (size_t)got;
			total += (size_t)got;
		}
		if (file < 0)
			outcome = "unreadable";
		else
			close(file);
		if (write_text("/proc/sys/vm/drop_caches", "3"))
			outcome = "not-dropped";
	}
	say_pressure("page-cache", total, outcome);
}

static void modules_stage(void)
{
	const char *outcome = "unloaded";
	unsigned long long bytes = 0;
	struct stat file;
	int round;

	for (round = 0; round < MODULE_ROUNDS; round++) {
		if (stat(SPARE_MODULE, &file) || module_load(SPARE_MODULE)) {
			outcome = "not-loaded";
			break;
		}
		bytes += (unsigned long long)file.st_size;
		if (module_unload(SPARE_MODULE_NAME)) {
			outcome = "not-unloaded";
			break;
		}
	}
	say_pressure("modules", bytes, outcome);
}

void pressure_apply(void)
{
	init_stage();
	free_pages_stage();
	page_cache_stage();
	modules_stage();
}
