/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The driver's two ends. It makes no device: what it has to say goes over the channel, and all work is done at entry. */
#include <ntddk.h>

#include "bugcheck.h"
#include "cell.h"
#include "routines.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

/* The work done at entry has cleaned up after itself. Without this routine, no unloading. */
VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    StopWatchingForBugChecks();
}

/*
 * A block that is lost or can't be mapped is an observation, not a failure to load: the driver stays, and the frames
 * tell.
 */
NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = DriverUnload;
    ResolveRoutines();
    WatchForBugChecks();
    (void)RunCell();
    return STATUS_SUCCESS;
}
