// SPDX-License-Identifier: BSD-2-Clause-Patent
#include "channel.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/io.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

#include "files.h"
#include "hf_uart.h"

#define PORT_NAME "dev.holdfast.0"
#define PORT_CLASS "/sys/class/virtio-ports"

/* QEMU's isa-debug-exit, as the harness places it. */
#define EXIT_PORT 0xF4

/* The virtio console driver adds its ports from a work queue: they come a moment after the driver. */
#define PORT_WAIT_MS 500

/* A port whose other end does not read for so long is taken for one that nobody reads. */
#define WRITE_WAIT_MS 2000

#define ACK_WAIT_SECONDS 10
#define ACK_POLL_MS 2

static int port = -1;

/* A frame on its way: the virtio port gets it as a whole. */
static char line[HF_FRAME_MAX];
static size_t length;

static void put_byte(void *context, HF_UINT8 byte)
{
	(void)context;
	HfUartPutByte(HF_UART_COM2, byte);
	line[length++] = (char)byte;
	if (byte == '\n' || length == sizeof(line)) {
		channel_relay(line, length);
		length = 0;
	}
}

HF_CHANNEL guest_channel = {put_byte, NULL, 0};
HF_CHANNEL agent_channel = {put_byte, NULL, 0};

void channel_relay(const char *lines, size_t size)
{
	struct pollfd writable = {.fd = port, .events = POLLOUT};

	while (port >= 0 && size > 0) {
		ssize_t written = write(port, lines, size);

		if (written > 0) {
			lines += written;
			size -= (size_t)written;
		} else if (poll(&writable, 1, WRITE_WAIT_MS) != 1 || !(writable.revents & POLLOUT)) {
			close(port);
			port = -1;
		}
	}
}

/* Opens the port of our name; false where there is none yet. */
static bool find_port(void)
{
	DIR *class = opendir(PORT_CLASS);
	struct dirent *entry;
	char path[512];
	char name[64];

	while (class && port < 0 && (entry = readdir(class))) {
		snprintf(path, sizeof(path), PORT_CLASS "/%.200s/name", entry->d_name);
		if (read_text(path, name, sizeof(name)) < 0)
			continue;
		name[strcspn(name, "\n")] = '\0';
		if (strcmp(name, PORT_NAME) != 0)
			continue;
		snprintf(path, sizeof(path), "/dev/%.200s", entry->d_name);
		port = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	}
	if (class)
		closedir(class);
	return port >= 0;
}

static bool has_virtio_console(void)
{
	DIR *devices = opendir("/sys/bus/virtio/drivers/virtio_console");
	struct dirent *entry;
	bool found = false;

	while (devices && !found && (entry = readdir(devices)))
		found = strncmp(entry->d_name, "virtio", strlen("virtio")) == 0;
	if (devices)
		closedir(devices);
	return found;
}

static void sleep_ms(long milliseconds)
{
	struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};

	nanosleep(&time, NULL);
}

void channel_open(void)
{
	int waited;

	/* All ports at once: COM2, the exit and what the core reads. Where it is refused, COM2 can't be had. */
	if (iopl(3) == 0)
		HfUartInitialize(HF_UART_COM2);
	for (waited = 0; !find_port() && has_virtio_console() && waited < PORT_WAIT_MS; waited++)
		sleep_ms(1);
}

/* Whether the port has the acknowledgement. */
static bool port_has_ack(void)
{
	char byte;

	while (port >= 0 && read(port, &byte, 1) == 1)
		if (byte == HF_UART_ACK)
			return true;
	return false;
}

void channel_await_ack(void)
{
	HF_UINT8 byte;
	int waited;

	for (waited = 0; waited < ACK_WAIT_SECONDS * 1000; waited += ACK_POLL_MS) {
		if (HfUartGetByte(HF_UART_COM2, &byte) && byte == HF_UART_ACK)
			return;
		if (port_has_ack())
			return;
		sleep_ms(ACK_POLL_MS);
	}
}

void channel_exit(unsigned char value)
{
	outb(value, EXIT_PORT);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
