/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What the kernel made of the firmware's memory map. */
#ifndef REGIONS_H
#define REGIONS_H

/* Says every region of /proc/iomem and of /sys/firmware/memmap that has a byte from first to last, both included. */
void regions_say(unsigned long long first, unsigned long long last);

#endif
