// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.stream.Stream;

/** A way for a Windows driver to get at physical memory, named after the routine that makes it what it is. */
public enum MapApi {
    MM_MAP_IO_SPACE("MmMapIoSpace", "MmMapIoSpace, MmUnmapIoSpace"),
    MM_MAP_IO_SPACE_EX("MmMapIoSpaceEx", "MmMapIoSpaceEx, MmUnmapIoSpace", MapVariant.READ_ONLY),
    MDL_FOR_IO_SPACE("MmAllocateMdlForIoSpace",
            "MmAllocateMdlForIoSpace, MmMapLockedPagesSpecifyCache, MmUnmapLockedPages, IoFreeMdl", MapVariant.RANGES),
    PHYSICAL_MEMORY_SECTION("ZwMapViewOfSection",
            "ZwOpenSection on \\Device\\PhysicalMemory, ZwMapViewOfSection, ZwUnmapViewOfSection",
            MapVariant.READ_ONLY, MapVariant.SHARE, MapVariant.READ_ONLY_SHARE),
    PROBE_AND_LOCK("MmProbeAndLockPages",
            "MmMapIoSpace for a virtual address, IoAllocateMdl, MmProbeAndLockPages, MmMapLockedPagesSpecifyCache"),
    RESERVED_MAPPING("MmAllocateMappingAddress",
            "MmAllocateMdlForIoSpace, MmAllocateMappingAddress, MmMapLockedPagesWithReservedMapping"),
    RESERVED_MAPPING_EX("MmAllocateMappingAddressEx",
            "MmAllocateMdlForIoSpace, MmAllocateMappingAddressEx, MmMapLockedPagesWithReservedMapping", MapVariant.DIVISIBLE),
    /** No mapping but a copy, which the kernel takes through one of its own: there is no cache type to ask for. */
    COPY("MmCopyMemory", "MmCopyMemory with MM_COPY_MEMORY_PHYSICAL into nonpaged pool") {
        @Override
        public List<CacheType> caches() {
            return List.of(CacheType.CACHED);
        }
    };

    private final String routine;
    private final String calls;
    private final List<MapVariant> variants;

    MapApi(String routine, String calls, MapVariant... variants) {
        this.routine = routine;
        this.calls = calls;
        this.variants = Stream.concat(Stream.of(MapVariant.PLAIN), Stream.of(variants)).toList();
    }

    /** The routine's name in ntoskrnl, which is also its name in a plan and in a cell's id. */
    public String routine() {
        return routine;
    }

    /** The routines the driver calls, in order. */
    public String calls() {
        return calls;
    }

    /** The ways in which it can be used, {@link MapVariant#PLAIN} first. */
    public List<MapVariant> variants() {
        return variants;
    }

    /** The cache types that it can be asked for. */
    public List<CacheType> caches() {
        return List.of(CacheType.values());
    }
}
