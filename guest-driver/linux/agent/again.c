// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "again.h"

#include <errno.h>
#include <linux/reboot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "channel.h"
#include "disk.h"
#include "files.h"
#include "say.h"

/* How the first kernel's agent tells the second's the number of its next frame. */
#define SEQUENCE_WORD "holdfast.sequence="

/* linux: arch/x86/include/asm/setup.h, COMMAND_LINE_SIZE. */
#define COMMAND_LINE_SIZE 2048

int again_resume(void)
{
	char line[COMMAND_LINE_SIZE + 1];
	char *word;

	if (read_text("/proc/cmdline", line, sizeof(line)) < 0)
		return 0;
	word = strstr(line, SEQUENCE_WORD);
	if (!word)
		return 0;
	guest_channel.Sequence = (HF_UINT32)strtoul(word + strlen(SEQUENCE_WORD), NULL, 10);
	return 1;
}

/* kexec_file_load(2): the kernel reads both files itself. */
static int load(const HF_PLAN *plan)
{
	char line[COMMAND_LINE_SIZE + 1];
	int kernel = disk_open(plan->GuestLoader);
	int initrd = disk_open(plan->GuestInitrd);
	ssize_t size = read_text("/proc/cmdline", line, sizeof(line));

	if (kernel < 0)
		return -kernel;
	if (initrd < 0)
		return -initrd;
	if (size < 0)
		return (int)-size;
	line[strcspn(line, "\n")] = '\0';
	size = (ssize_t)strlen(line);
	/* One frame is still to come from this kernel. */
	size += snprintf(line + size, sizeof(line) - (size_t)size, " " SEQUENCE_WORD "%u", guest_channel.Sequence + 1);
	if ((size_t)size >= sizeof(line))
		return E2BIG;
	return syscall(SYS_kexec_file_load, kernel, initrd, (unsigned long)size + 1, line, 0ul) == 0 ? 0 : errno;
}

int again_kexec(const HF_PLAN *plan)
{
	int error = load(plan);

	say_status("guest.kexec", error);
	if (error)
		return error;
	reboot(LINUX_REBOOT_CMD_KEXEC);
	return errno;
}

int again_reset(void)
{
	say_status("guest.reset", 0);
	reboot(LINUX_REBOOT_CMD_RESTART);
	return errno;
}
