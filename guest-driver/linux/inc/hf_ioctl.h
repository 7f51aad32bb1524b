/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent */
/*
 * What the agent tells the module through /dev/holdfast. Each order is carried out, and its frames sent, before ioctl
 * returns; read gives the frames that were sent since the last one, whole lines, and nothing where there are none.
 */
#ifndef HF_IOCTL_H
#define HF_IOCTL_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define HF_DEVICE "holdfast"

/* Bytes of the longest name of a step, with its NUL. */
#define HF_STEP_SIZE 40

/* The plan, as text. */
struct hf_ioc_plan {
	__u32 size;
	char text[4096];
};

/* Where user space found that the block is; for locating by scan all of it is 0. */
struct hf_ioc_place {
	__u64 address;		/* physical; afterwards the block's, or where it must have been, or 0 */
	__u64 bytes;
	__u8 nonce[16];
	__s32 status;		/* a positive errno where user space found no place */
	char step[HF_STEP_SIZE];	/* what failed then */
};

/* One mapping, as numbers of HF_MAP_API and HF_CACHE. */
struct hf_ioc_mapping {
	__u32 api;
	__u32 cache;
};

/* Takes the plan. EINVAL where it is not sound. */
#define HF_IOC_PLAN _IOW('H', 1, struct hf_ioc_plan)

/* Looks for the block. ENOENT where it is not there. */
#define HF_IOC_LOCATE _IOWR('H', 2, struct hf_ioc_place)

/* Maps the block, checks it and undoes the mapping. How that went is in the frames. ENOENT where there is no address. */
#define HF_IOC_MAP _IOW('H', 3, struct hf_ioc_mapping)

/* Says the last frame. */
#define HF_IOC_END _IO('H', 4)

#endif
