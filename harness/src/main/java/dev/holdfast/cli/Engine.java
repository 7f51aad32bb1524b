// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.Digests;
import dev.holdfast.machine.Workspace;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.CellRunner;
import dev.holdfast.run.Contained;
import dev.holdfast.run.Lab;
import dev.holdfast.run.Premises;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What a run needs of whoever boots its cells.
 *
 * @param cellRunner takes one cell from plan to verdict; called by several threads
 * @param identity   what the cells boot, in words and checksums: different whenever results could be
 * @param machineMiB the RAM of a cell's machine
 */
record Engine(Function<Cell, CellResult> cellRunner, RunInfo info, String identity, ToIntFunction<Cell> machineMiB) {

    /**
     * The engine that boots machines.
     *
     * @param promises what is promised of a cell
     */
    static Engine of(Lab lab, Guest guest, Function<Cell, Promise> promises, OutFolder out) {
        Premises premises = new Premises(lab.computer().host()::glance, lab.folders(out.path()));
        CellRunner runner = lab.runner(out.cells());
        Function<Cell, CellResult> cellRunner = new Contained(cell -> runner.run(cell, promises.apply(cell)), premises, promises,
                out.cells(), lab.bootKind());
        RunInfo info = infoOf(lab);
        String firmware = lab.computer().host().image().orElseGet(() -> Digests.ofFiles(List.of(lab.computer().firmware().code())));
        String identity = "QEMU " + info.qemu() + ", " + info.accelerator() + ", firmware " + firmware + ", media "
                + mediaDigest(guest, out);
        return new Engine(cellRunner, info, identity, cell -> cell.machine().memoryMiB());
    }

    private static RunInfo infoOf(Lab lab) {
        return new RunInfo(UUID.randomUUID().toString(), Instant.now(), hostName(), lab.computer().qemuVersion(),
                lab.computer().firmware().code().toString(), lab.computer().accelerator().qemuName(),
                lab.computer().host().kind(), Holdfast.version());
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String mediaDigest(Guest guest, OutFolder out) {
        Path scratch = out.scratch();
        try {
            return Digests.ofFiles(Stream.of(guest.media(scratch), guest.fwCfg())
                    .flatMap(files -> new TreeMap<>(files).values().stream()).toList());
        } finally {
            Workspace.deleteTree(scratch);
        }
    }
}
