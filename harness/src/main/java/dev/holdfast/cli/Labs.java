// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.Digests;
import dev.holdfast.machine.Workspace;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Promise;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.Batch;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.CellRunner;
import dev.holdfast.run.Computer;
import dev.holdfast.run.Lab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A lab for each guest that is to boot. */
final class Labs implements AutoCloseable {

    private final List<Guest> guests;
    private final Map<GuestKind, Lab> labs = new EnumMap<>(GuestKind.class);

    /**
     * @param guests one or more
     * @param open   makes a guest's lab
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    Labs(List<Guest> guests, Function<Guest, Lab> open) {
        this.guests = List.copyOf(guests);
        try {
            guests.forEach(guest -> labs.put(guest.kind(), open.apply(guest)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** One line on what the boots run on. */
    String describe() {
        String releases = releases();
        return computer().describe() + (releases.isEmpty() ? "" : "; " + releases);
    }

    /** Runs cells of every guest that is to boot, those that share a boot together. */
    Function<Batch, List<CellResult>> runner(Path cells, Function<Cell, Promise> promises) {
        Map<GuestKind, CellRunner> runners = new EnumMap<>(GuestKind.class);
        labs.forEach((guest, lab) -> runners.put(guest, lab.runner(cells)));
        return batch -> runners.get(batch.first().guest()).run(batch, promises);
    }

    /** The folders that boots write to, the one for results among them. */
    List<Path> folders(Path out) {
        return labs.values().stream().flatMap(lab -> lab.folders(out).stream()).distinct().toList();
    }

    /** The word for this way to boot in results. */
    String bootKind() {
        return any().bootKind();
    }

    RunInfo runInfo() {
        return new RunInfo(UUID.randomUUID().toString(), Instant.now(), hostName(), computer().qemuVersion(),
                computer().firmware().code().toString(), computer().accelerator().qemuName(), computer().host().kind(), Holdfast.version(), releases());
    }

    /** The checksum of everything that the guests boot from. */
    String mediaDigest(OutFolder out) {
        Path scratch = out.scratch();
        try {
            return Digests.ofFiles(guests.stream().flatMap(guest -> Stream.of(guest.media(scratch), guest.fwCfg()))
                    .flatMap(files -> new TreeMap<>(files).values().stream()).toList());
        } finally {
            Workspace.deleteTree(scratch);
        }
    }

    private String releases() {
        return guests.stream().flatMap(guest -> guest.release().stream()).collect(Collectors.joining(", "));
    }

    /** What the machines run on. */
    Computer computer() {
        return any().computer();
    }

    private Lab any() {
        return labs.values().iterator().next();
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        labs.values().forEach(Lab::close);
    }
}
