// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "hf_frame.h"
#include "hf_uart.h"
#include "report.h"

#define MODULE_VERSION_TEXT "1.0"

/* The agent reads after every order; one order sends some ten frames. */
#define BUFFER_SIZE (32 * HF_FRAME_MAX)

static char *buffer;
static size_t buffered;

static void put_byte(void *context, HF_UINT8 byte)
{
	HfUartPutByte(HF_UART_COM2, byte);
	if (buffered < BUFFER_SIZE)
		buffer[buffered++] = byte;
}

static HF_CHANNEL channel = {put_byte, NULL, 0};

const HF_CHECK_FRAMES hf_report_check = {&channel, "driver.damaged", "driver.checked"};

int hf_report_init(void)
{
	buffer = kvmalloc(BUFFER_SIZE, GFP_KERNEL);
	return buffer ? 0 : -ENOMEM;
}

void hf_report_exit(void)
{
	kvfree(buffer);
}

ssize_t hf_report_read(char __user *to, size_t size)
{
	size = min(size, buffered);
	if (copy_to_user(to, buffer, size))
		return -EFAULT;
	buffered -= size;
	memmove(buffer, buffer + size, buffered);
	return size;
}

/* Frames have errors as positive numbers. */
static void frame_status(HF_FRAME *frame, int error)
{
	HfFrameHex(frame, "status", error < 0 ? -error : error);
}

void hf_report_start(const HF_PLAN *plan)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.start");
	HfFrameText(&frame, "version", MODULE_VERSION_TEXT);
	HfFrameBytes(&frame, "nonce", plan->Nonce, HF_NONCE_SIZE);
	HfFrameCrc(&frame, "crc", plan->Crc);
	HfFrameSend(&channel, &frame);
}

void hf_report_no_plan(const char *detail, unsigned int line)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.no-plan");
	HfFrameText(&frame, "detail", detail);
	HfFrameCount(&frame, "line", line);
	HfFrameSend(&channel, &frame);
}

void hf_report_locating(const HF_PLAN *plan)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.locating");
	HfFrameText(&frame, "method", HfPlanLocateMethodName(plan->LocateMethod));
	HfFrameHex(&frame, "from", plan->Locate.From);
	HfFrameHex(&frame, "to", plan->Locate.To);
	HfFrameHex(&frame, "step", plan->Locate.Step);
	HfFrameSend(&channel, &frame);
}

void hf_report_located(u64 address, u64 visited)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.located");
	HfFrameHex(&frame, "at", address);
	HfFrameCount(&frame, "visited", visited);
	HfFrameSend(&channel, &frame);
}

void hf_report_not_located(u64 visited, int error, const char *step)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.not-located");
	HfFrameCount(&frame, "visited", visited);
	frame_status(&frame, error);
	HfFrameText(&frame, "step", step);
	HfFrameSend(&channel, &frame);
}

void hf_report_mapping(const struct hf_mapping *mapping)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.mapping");
	HfFrameText(&frame, "api", HfPlanMapApiName(mapping->api));
	HfFrameText(&frame, "cache", HfPlanCacheName(mapping->cache));
	HfFrameHex(&frame, "at", mapping->address);
	HfFrameHex(&frame, "bytes", mapping->bytes);
	HfFrameSend(&channel, &frame);
}

void hf_report_mapped(const struct hf_mapping *mapping, int error)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.mapped");
	frame_status(&frame, error);
	HfFrameText(&frame, "step", mapping->step);
	if (!error)
		HfFrameHex(&frame, "va", (unsigned long)mapping->virtual);
	HfFrameSend(&channel, &frame);
}

void hf_report_unmapped(const struct hf_mapping *mapping)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.unmapped");
	frame_status(&frame, 0);
	HfFrameText(&frame, "step", mapping->step);
	HfFrameSend(&channel, &frame);
}

void hf_report_end(const HF_PLAN *plan, int error)
{
	HF_FRAME frame;

	HfFrameBegin(&channel, &frame, "driver.end");
	HfFrameBytes(&frame, "nonce", plan ? plan->Nonce : NULL, plan ? HF_NONCE_SIZE : 0);
	HfFrameCount(&frame, "frames", channel.Sequence + 1);
	frame_status(&frame, error);
	HfFrameSend(&channel, &frame);
}
