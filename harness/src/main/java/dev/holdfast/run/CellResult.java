// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.Nonce;
import java.nio.file.Path;
import java.util.List;

/**
 * One cell from plan to verdict.
 *
 * @param boot        how the machine was brought up: {@code cold} or {@code fork}
 * @param millis      from the start of the machine to its end
 * @param folder      what was kept of the boot
 * @param commandLine what started QEMU
 */
public record CellResult(Cell cell, Promise promise, Nonce nonce, String boot, Observation observed, Verdict verdict, long millis,
                         Path folder, List<String> commandLine) {

    public boolean failed() {
        return verdict.outcome() == Outcome.FAIL;
    }

    /** The same after its folder was renamed. */
    CellResult keptIn(Path otherFolder) {
        return new CellResult(cell, promise, nonce, boot, observed, verdict, millis, otherFolder, commandLine);
    }
}
