// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an operating system that nobody here wrote says of the block, of its own memory and of what is done to it. A guest that says nothing
 * of the kind has {@link #NOTHING}. All texts are untrusted and made printable.
 *
 * @param attempt    how far it came with the cell's mapping
 * @param regions    what it takes the block's memory for
 * @param complaints what it complained of while this cell's mapping was tried, or while no mapping was
 * @param pressure   what it did to its memory before the block was looked for, stage by stage
 * @param afterReset the UEFI application's look at the block after the guest had reset the machine
 * @param notes      what a person may want to know of the boot, and what is no fault, a clause each
 * @param log        the end of its log, a line each; empty but where the boot failed
 */
public record KernelSeen(Attempt attempt, List<Region> regions, List<Complaint> complaints, List<Stage> pressure,
                         Optional<DriverCheck> afterReset, List<String> notes, List<String> log) {

    /** Of a guest that is no such system. */
    public static final KernelSeen NOTHING =
            new KernelSeen(Attempt.NOT_BEGUN, List.of(), List.of(), List.of(), Optional.empty(), List.of(), List.of());

    /** How far a guest came with a mapping. */
    public enum Attempt { NOT_BEGUN, UNDER_WAY, DONE }

    /**
     * A part of the system's map of memory that the block lies in, wholly or in part.
     *
     * @param source which map: {@code iomem}, the kernel's own, or {@code memmap}, the firmware's as the kernel was given it
     * @param from   its first address
     * @param to     its last address
     * @param name   what stands there in the map
     */
    public record Region(String source, long from, long to, String name) {
    }

    /**
     * Something the kernel's log holds that a quiet kernel's does not.
     *
     * @param kind   such as {@code warn}, {@code oops} or {@code ioremap-ram}
     * @param text   the log's line
     * @param during the mapping that was being tried, or a word for what else was going on
     */
    public record Complaint(String kind, String text, String during) {
    }

    /**
     * A stage of the pressure on memory.
     *
     * @param bytes what was written to
     */
    public record Stage(String name, long bytes, String outcome) {
    }

    public KernelSeen {
        regions = List.copyOf(regions);
        complaints = List.copyOf(complaints);
        pressure = List.copyOf(pressure);
        notes = List.copyOf(notes);
        log = List.copyOf(log);
    }

    /** The same with the end of the log. */
    KernelSeen withLog(List<String> lines) {
        return new KernelSeen(attempt, regions, complaints, pressure, afterReset, notes, lines);
    }

    /** What each map calls the block's memory, such as {@code iomem: Reserved, memmap: Reserved}; empty where none was read. */
    public String places() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        regions.forEach(region -> names.computeIfAbsent(region.source(), source -> new LinkedHashSet<>()).add(region.name()));
        return names.entrySet().stream().map(entry -> entry.getKey() + ": " + String.join(" + ", entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
