// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;

/** The scenarios that ship; the first is the default. */
public final class Scenarios {

    /** "How to properly use MmMapIoSpace to read physical memory?", with the answers that the thread gave and the question it left. */
    public static final Scenario OSR_THREAD = new Scenario("osr-thread",
            "A loader leaves a block below 16 MiB; which ways of mapping it does Driver Verifier accept, and which types survive?",
            List.of(
                    cell(MemoryType.RESERVED, MapApi.MM_MAP_IO_SPACE, VerifierFlags.OFF),
                    cell(MemoryType.RESERVED, MapApi.MM_MAP_IO_SPACE, VerifierFlags.STANDARD),
                    cell(MemoryType.RESERVED, MapApi.MDL_FOR_IO_SPACE, VerifierFlags.STANDARD),
                    cell(MemoryType.RESERVED, MapApi.PHYSICAL_MEMORY_SECTION, VerifierFlags.STANDARD),
                    cell(MemoryType.RESERVED, MapApi.PROBE_AND_LOCK, VerifierFlags.STANDARD),
                    cell(MemoryType.LOADER_DATA, MapApi.MM_MAP_IO_SPACE, VerifierFlags.OFF),
                    cell(MemoryType.BOOT_SERVICES_DATA, MapApi.MM_MAP_IO_SPACE, VerifierFlags.OFF),
                    cell(MemoryType.UNRESERVED, MapApi.MM_MAP_IO_SPACE, VerifierFlags.OFF)));

    public static final List<Scenario> ALL = List.of(OSR_THREAD);

    private Scenarios() {
    }

    public static Scenario byDefault() {
        return ALL.get(0);
    }

    public static Optional<Scenario> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    private static Cell cell(MemoryType type, MapApi api, VerifierFlags verifier) {
        return new Cell(GuestKind.CONTRACT, new Reservation(type, Placement.FirstFree.THREAD, Reservation.DEFAULT_PAGES),
                Locating.THREAD, Mapping.cached(api), verifier);
    }
}
