// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "hf_frame.h"

static int device = -1;

static void relay(void)
{
	char lines[4 * HF_FRAME_MAX];
	ssize_t size;

	while ((size = read(device, lines, sizeof(lines))) > 0)
		channel_relay(lines, (size_t)size);
}

static int order(unsigned long request, void *argument)
{
	int error = ioctl(device, request, argument) == 0 ? 0 : errno;

	relay();
	return error;
}

int driver_open(const char *plan_text, size_t size)
{
	static struct hf_ioc_plan plan;

	device = open("/dev/" HF_DEVICE, O_RDWR | O_CLOEXEC);
	if (device < 0)
		return errno;
	if (size > sizeof(plan.text))
		return E2BIG;
	plan.size = (__u32)size;
	memcpy(plan.text, plan_text, size);
	return order(HF_IOC_PLAN, &plan);
}

int driver_locate(struct hf_ioc_place *place)
{
	return order(HF_IOC_LOCATE, place);
}

int driver_map(const HF_PLAN_MAPPING *mapping)
{
	struct hf_ioc_mapping asked = {.api = (__u32)mapping->Api, .cache = (__u32)mapping->Cache};
	pid_t child = fork();
	int status;

	if (child < 0)
		return errno;
	if (child == 0)
		_exit(ioctl(device, HF_IOC_MAP, &asked) == 0 ? 0 : errno);
	if (waitpid(child, &status, 0) != child)
		return errno;
	relay();
	return WIFEXITED(status) ? WEXITSTATUS(status) : EFAULT;
}

void driver_end(void)
{
	(void)order(HF_IOC_END, NULL);
}
