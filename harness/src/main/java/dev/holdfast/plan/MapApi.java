// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.stream.Stream;

/** A way for a driver to get at physical memory, named after the routine that makes it what it is. */
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
    COPY(Kernel.NT, "MmCopyMemory", "MmCopyMemory with MM_COPY_MEMORY_PHYSICAL into nonpaged pool", List.of(CacheType.CACHED)),

    MEMREMAP(Kernel.LINUX, "memremap", "memremap with MEMREMAP_WB, MEMREMAP_WT or MEMREMAP_WC, memunmap",
            List.of(CacheType.CACHED, CacheType.WRITE_THROUGH, CacheType.WRITE_COMBINED)),
    IOREMAP(Kernel.LINUX, "ioremap", "ioremap, iounmap", List.of(CacheType.NON_CACHED)),
    IOREMAP_WC(Kernel.LINUX, "ioremap_wc", "ioremap_wc, iounmap", List.of(CacheType.WRITE_COMBINED)),
    IOREMAP_CACHE(Kernel.LINUX, "ioremap_cache", "ioremap_cache, iounmap", List.of(CacheType.CACHED)),
    DIRECT_MAP(Kernel.LINUX, "direct-map", "phys_to_virt, where the kernel's direct map has the pages", List.of(CacheType.CACHED)),
    REQUEST_MEM_REGION(Kernel.LINUX, "request_mem_region", "request_mem_region, memremap with MEMREMAP_WB, memunmap, release_mem_region",
            List.of(CacheType.CACHED)),
    DEVMEM_READ(Kernel.LINUX, "devmem-read", "pread on /dev/mem from user space", List.of(CacheType.CACHED)),
    DEVMEM_MMAP(Kernel.LINUX, "devmem-mmap", "mmap on /dev/mem from user space", List.of(CacheType.CACHED));

    private final Kernel kernel;
    private final String routine;
    private final String calls;
    private final List<CacheType> caches;
    private final List<MapVariant> variants;

    MapApi(Kernel kernel, String routine, String calls, List<CacheType> caches, MapVariant... variants) {
        this.kernel = kernel;
        this.routine = routine;
        this.calls = calls;
        this.caches = caches;
        this.variants = Stream.concat(Stream.of(MapVariant.PLAIN), Stream.of(variants)).toList();
    }

    /** One of NT's, which may be asked for each of MEMORY_CACHING_TYPE's common values. */
    MapApi(String routine, String calls, MapVariant... variants) {
        this(Kernel.NT, routine, calls, List.of(CacheType.CACHED, CacheType.NON_CACHED, CacheType.WRITE_COMBINED), variants);
    }

    /** The kernel that has it. */
    public Kernel kernel() {
        return kernel;
    }

    /** The routine's name in its kernel, or what the way is commonly called; also its name in a plan and in a cell's id. */
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
        return caches;
    }
}
