// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.Digests;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.Batch;
import dev.holdfast.run.BatchRunner;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Contained;
import dev.holdfast.run.Premises;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * What a run needs of whoever boots its cells.
 *
 * @param batchRunner takes the cells that share a boot from plan to verdict; called by several threads
 * @param identity    what the cells boot, in words and checksums: different whenever results could be
 * @param machineMiB  the RAM of a cell's machine
 */
record Engine(Function<Batch, List<CellResult>> batchRunner, RunInfo info, String identity, ToIntFunction<Cell> machineMiB) {

    /**
     * The engine that boots machines.
     *
     * @param promises what is promised of a cell
     */
    static Engine of(Labs labs, Function<Cell, Promise> promises, OutFolder out) {
        Premises premises = new Premises(labs.computer().host()::glance, labs.folders(out.path()));
        Contained once = new Contained(labs.runner(out.cells(), promises), premises, promises, out.cells(), labs.bootKind());
        RunInfo info = labs.runInfo();
        String firmware = labs.computer().host().image().orElseGet(() -> Digests.ofFiles(List.of(labs.computer().firmware().code())));
        String identity = "QEMU " + info.qemu() + ", " + info.accelerator() + ", firmware " + firmware + ", media " + labs.mediaDigest(out);
        return new Engine(new BatchRunner(once), info, identity, cell -> cell.machine().memoryMiB());
    }
}
