/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef PROCMUX_PROCESS_H
#define PROCMUX_PROCESS_H

#include "frame.h"

#include <poll.h>

#define PROCESSES_MAX 128
#define PROCESS_DESCRIPTORS 3

/* Starts the process that a FrameRun asks for. That it could not be started is told by a FrameExit. */
void ProcessRun(const FRAME *Frame);

/* Hands input on. A process that leaves more than 64 KiB of it unread is ended. */
void ProcessInput(const FRAME *Frame);

/* Ends a process and all of its children that have not left its group. */
void ProcessKill(uint32_t Id);

/* Fills in what is to be waited for, and returns how many entries that is: PROCESSES_MAX * PROCESS_DESCRIPTORS at most. */
nfds_t ProcessPoll(struct pollfd *Entries);

/* Passes on whatever is there, and tells of those that have ended. */
void ProcessServe(void);

#endif
