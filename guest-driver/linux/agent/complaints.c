// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "complaints.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"
#include "files.h"

#define TEXT_MAX 200

/* A kernel that does nothing but complain must not keep the boot from ending. */
#define FRAMES_MAX 64

/* Bytes of the longest record of /dev/kmsg (linux: include/linux/printk.h, CONSOLE_EXT_LOG_MAX). */
#define RECORD_MAX 8192

/* What the kernel's lines about our module begin with. */
#define MODULE_PREFIX "holdfast: "

/* What a complaint has in it; the first that fits names it. */
static const struct {
	const char *words;
	const char *kind;
} rules[] = {
	{"soft lockup", "other"},			/* kernel/watchdog.c */
	{"ioremap on RAM", "ioremap-ram"},		/* arch/x86/mm/ioremap.c, __ioremap_caller */
	{"memremap attempted on", "ioremap-ram"},	/* kernel/iomem.c, memremap */
	{"WARNING: possible", "lockdep"},		/* kernel/locking/lockdep.c */
	{"WARNING: bad unlock", "lockdep"},
	{"WARNING: inconsistent lock", "lockdep"},
	{"WARNING: suspicious RCU", "lockdep"},
	{"INFO: possible", "lockdep"},
	{"WARNING: CPU", "warn"},			/* kernel/panic.c, __warn */
	{"kernel BUG at", "bug"},			/* lib/bug.c, report_bug */
	{"BUG: ", "bug"},
	{"Oops: ", "oops"},				/* arch/x86/kernel/dumpstack.c, __die_header */
	{"general protection fault", "oops"},
	{"Bad page state", "bug"},
	{"module verification failed", "taint"},	/* kernel/module/main.c */
	{"conflicting memory types", "other"},		/* arch/x86/mm/pat/memtype_interval.c */
	{"resource sanity check", "other"},		/* kernel/resource.c, iomem_map_sanity_check */
};

/* Bits of /proc/sys/kernel/tainted by letter (Documentation/admin-guide/tainted-kernels.rst). */
static const char taint_letters[] = "PFSRMBUDAWCIOELKXTN";
#define TAINT_OUT_OF_TREE 12

static int log_file = -1;
static unsigned long tainted;
static unsigned int said;
static char of_module[TEXT_MAX + 1];

void complaints_open(void)
{
	log_file = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

void complaints_renew(void)
{
	(void)write_text("/sys/kernel/debug/clear_warn_once", "1");
}

static void say(const char *kind, const char *text, const char *during)
{
	HF_FRAME frame;

	if (said++ >= FRAMES_MAX)
		return;
	HfFrameBegin(&guest_channel, &frame, "guest.complaint");
	HfFrameText(&frame, "kind", kind);
	HfFrameText(&frame, "text", text);
	HfFrameText(&frame, "during", during);
	HfFrameSend(&guest_channel, &frame);
}

/* Takes the next line of the log, cut to TEXT_MAX; false where there is none. */
static bool next_line(char *text)
{
	char record[RECORD_MAX + 1];
	ssize_t size;
	char *start;

	do {
		size = log_file < 0 ? -1 : read(log_file, record, RECORD_MAX);
	} while (size < 0 && log_file >= 0 && (errno == EPIPE || errno == EINTR));
	if (size <= 0)
		return false;
	record[size] = '\0';
	/* "priority,sequence,time,flags;text", and further lines that begin with a space (Documentation/ABI/testing/dev-kmsg). */
	start = strchr(record, ';');
	start = start ? start + 1 : record;
	start[strcspn(start, "\n")] = '\0';
	snprintf(text, TEXT_MAX + 1, "%.*s", TEXT_MAX, start);
	return true;
}

static const char *kind_of(const char *text)
{
	size_t index;

	for (index = 0; index < sizeof(rules) / sizeof(rules[0]); index++)
		if (strstr(text, rules[index].words))
			return rules[index].kind;
	return NULL;
}

static void say_taint(const char *during)
{
	char text[64];
	unsigned long now;
	size_t bit;

	if (read_text("/proc/sys/kernel/tainted", text, sizeof(text)) < 0)
		return;
	now = strtoul(text, NULL, 10);
	for (bit = 0; bit < sizeof(taint_letters) - 1; bit++) {
		if (bit == TAINT_OUT_OF_TREE || !((now & ~tainted) >> bit & 1))
			continue;
		snprintf(text, sizeof(text), "tainted: %c", taint_letters[bit]);
		say("taint", text, during);
	}
	tainted = now;
}

void complaints_say(const char *during)
{
	char text[TEXT_MAX + 1];

	while (next_line(text)) {
		const char *kind = kind_of(text);

		if (kind)
			say(kind, text, during);
		if (strncmp(text, MODULE_PREFIX, sizeof(MODULE_PREFIX) - 1) == 0)
			snprintf(of_module, sizeof(of_module), "%s", text);
	}
	say_taint(during);
}

const char *complaints_of_module(void)
{
	return of_module[0] ? of_module : NULL;
}
