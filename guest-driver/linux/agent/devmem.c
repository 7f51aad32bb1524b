// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "devmem.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "channel.h"
#include "hf_check.h"

#define DEVICE "/dev/mem"

struct view {
	unsigned long long address;	/* of the block */
	size_t bytes;
	void *memory;			/* the block's bytes, once mapped */
	const char *step;		/* the call whose answer decided */
};

static const HF_CHECK_FRAMES check_frames = {&agent_channel, "agent.damaged", "agent.checked"};

static int outcome;	/* of the first thing that went wrong, as a positive errno */

static int decided(struct view *view, const char *step, int error)
{
	view->step = step;
	return error;
}

/* Documentation/admin-guide/devices.rst, mem; what may be read is drivers/char/mem.c's, range_is_allowed. */
static int read_pages(struct view *view)
{
	int file = open(DEVICE, O_RDONLY | O_CLOEXEC);
	size_t done = 0;
	ssize_t got = 0;
	int error = 0;

	if (file < 0)
		return decided(view, "open", errno);
	view->memory = mmap(NULL, view->bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (view->memory == MAP_FAILED) {
		close(file);
		return decided(view, "mmap", ENOMEM);
	}
	while (done < view->bytes && (got = pread(file, (char *)view->memory + done, view->bytes - done,
						  (off_t)(view->address + done))) > 0)
		done += (size_t)got;
	if (done < view->bytes)
		error = got < 0 ? errno : ENODATA;
	close(file);
	if (error)
		munmap(view->memory, view->bytes);
	return decided(view, "read", error);
}

static int map_pages(struct view *view)
{
	int file = open(DEVICE, O_RDONLY | O_CLOEXEC);
	int error = 0;

	if (file < 0)
		return decided(view, "open", errno);
	view->memory = mmap(NULL, view->bytes, PROT_READ, MAP_SHARED, file, (off_t)view->address);
	if (view->memory == MAP_FAILED)
		error = errno;
	close(file);
	return decided(view, "mmap", error);
}

static void say_mapping(const HF_PLAN_MAPPING *mapping, const struct view *view)
{
	HF_FRAME frame;

	HfFrameBegin(&agent_channel, &frame, "agent.mapping");
	HfFrameText(&frame, "api", HfPlanMapApiName(mapping->Api));
	HfFrameText(&frame, "cache", HfPlanCacheName(mapping->Cache));
	HfFrameHex(&frame, "at", view->address);
	HfFrameHex(&frame, "bytes", view->bytes);
	HfFrameSend(&agent_channel, &frame);
}

static void say_step(const char *event, const struct view *view, int status)
{
	HF_FRAME frame;

	HfFrameBegin(&agent_channel, &frame, event);
	HfFrameHex(&frame, "status", (HF_UINT64)status);
	HfFrameText(&frame, "step", view->step);
	HfFrameSend(&agent_channel, &frame);
}

static void note(int error)
{
	if (!outcome)
		outcome = error;
}

int devmem_has(HF_MAP_API api)
{
	return api == HfMapDevMemRead || api == HfMapDevMemMmap;
}

void devmem_start(const HF_PLAN *plan)
{
	HF_FRAME frame;

	HfFrameBegin(&agent_channel, &frame, "agent.start");
	HfFrameBytes(&frame, "nonce", plan->Nonce, HF_NONCE_SIZE);
	HfFrameCrc(&frame, "crc", plan->Crc);
	HfFrameSend(&agent_channel, &frame);
}

void devmem_map(const HF_PLAN *plan, const HF_PLAN_MAPPING *mapping, unsigned long long address)
{
	struct view view = {.address = address, .bytes = plan->Pages * HF_PAGE_SIZE};
	int error;

	say_mapping(mapping, &view);
	if (mapping->Cache != HfCacheCached)
		error = decided(&view, "map.cache", EOPNOTSUPP);
	else
		error = mapping->Api == HfMapDevMemRead ? read_pages(&view) : map_pages(&view);
	say_step("agent.mapped", &view, error);
	note(error);
	if (error)
		return;
	note(HfCheckBlock(&check_frames, plan, view.memory, view.address) ? 0 : EIO);
	error = decided(&view, "munmap", munmap(view.memory, view.bytes) ? errno : 0);
	say_step("agent.unmapped", &view, error);
	note(error);
}

void devmem_end(const HF_PLAN *plan)
{
	HF_FRAME frame;

	HfFrameBegin(&agent_channel, &frame, "agent.end");
	HfFrameBytes(&frame, "nonce", plan->Nonce, HF_NONCE_SIZE);
	HfFrameCount(&frame, "frames", agent_channel.Sequence + 1);
	HfFrameHex(&frame, "status", (HF_UINT64)outcome);
	HfFrameSend(&agent_channel, &frame);
}
