/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef HF_BUGCHECK_H
#define HF_BUGCHECK_H

#include <ntddk.h>

/*
 * Has a bug check announced on the channel from now on: a guest whose own crash dump nobody can read still says which it
 * was. Without effect where the system does not take the registration. Any IRQL.
 */
VOID WatchForBugChecks(VOID);

/* Ends that. To be called before the driver goes. */
VOID StopWatchingForBugChecks(VOID);

#endif
