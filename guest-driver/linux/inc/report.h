/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause-Patent */
/* What the module says: each frame goes to COM2, and into a buffer that the agent reads. */
#ifndef HF_REPORT_H
#define HF_REPORT_H

#include <linux/types.h>

#include "hf_check.h"
#include "hf_plan.h"
#include "mapping.h"

/* Makes room for the frames. 0 or -ENOMEM. */
int hf_report_init(void);
void hf_report_exit(void);

void hf_report_start(const HF_PLAN *plan);
void hf_report_no_plan(const char *detail, unsigned int line);
void hf_report_locating(const HF_PLAN *plan);
void hf_report_located(u64 address, u64 visited);
void hf_report_not_located(u64 visited, int error, const char *step);
void hf_report_mapping(const struct hf_mapping *mapping);
void hf_report_mapped(const struct hf_mapping *mapping, int error);
extern const HF_CHECK_FRAMES hf_report_check;
void hf_report_unmapped(const struct hf_mapping *mapping);
void hf_report_end(const HF_PLAN *plan, int error);

/* Takes whole frames off the buffer. The number of bytes, or -EFAULT. */
ssize_t hf_report_read(char __user *buffer, size_t size);

#endif
