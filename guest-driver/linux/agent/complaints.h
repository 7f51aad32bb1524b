/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The kernel's own complaints: what it logs and how it is tainted, told by what was under way. */
#ifndef COMPLAINTS_H
#define COMPLAINTS_H

/* Starts with the kernel's first line that is still there. */
void complaints_open(void);

/* Lets warnings that are given once be given again, where debugfs is there. */
void complaints_renew(void);

/* Says what has come since the last time, as of what was under way: a mapping, or the word of a phase. */
void complaints_say(const char *during);

/* The log's last line about our module among those that were said of; NULL where there is none. */
const char *complaints_of_module(void);

#endif
