// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** A way for a Windows driver to get at physical memory, named after the routine that makes it what it is. */
public enum MapApi {
    MM_MAP_IO_SPACE("MmMapIoSpace", "MmMapIoSpace, MmUnmapIoSpace"),
    MDL_FOR_IO_SPACE("MmAllocateMdlForIoSpace",
            "MmAllocateMdlForIoSpace, MmMapLockedPagesSpecifyCache, MmUnmapLockedPages, IoFreeMdl"),
    PHYSICAL_MEMORY_SECTION("ZwMapViewOfSection",
            "ZwOpenSection on \\Device\\PhysicalMemory, ZwMapViewOfSection, ZwUnmapViewOfSection"),
    PROBE_AND_LOCK("MmProbeAndLockPages",
            "MmMapIoSpace for a virtual address, IoAllocateMdl, MmProbeAndLockPages, MmMapLockedPagesSpecifyCache");

    private final String routine;
    private final String calls;

    MapApi(String routine, String calls) {
        this.routine = routine;
        this.calls = calls;
    }

    /** The routine's name in ntoskrnl, which is also its name in a plan and in a cell's id. */
    public String routine() {
        return routine;
    }

    /** The routines the driver calls, in order. */
    public String calls() {
        return calls;
    }

    public static Optional<MapApi> named(String routine) {
        return Stream.of(values()).filter(api -> api.routine.equalsIgnoreCase(routine)).findFirst();
    }
}
