// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Guest;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.Transcript;
import java.util.List;
import java.util.function.Function;

/**
 * One boot that is over.
 *
 * @param kind        how the machine was brought up
 * @param look        the harness's look at the block
 * @param transcript  what was said
 * @param problems    what is wrong with the record of it, a sentence each
 * @param notes       what is to be known of that record, and is not wrong, a clause each
 * @param folder      what was kept of the boot
 * @param millis      from the start of the machine to its end
 * @param commandLine what started QEMU
 */
record Booted(Plan plan, String kind, BootEnd end, HostOracle.Look look, Transcript transcript, List<String> problems, List<String> notes,
              CellFolder folder, long millis, List<String> commandLine) {

    /** A result for each of the cells that the boot served, in their order; each gets what was kept, and its share of the time. */
    List<CellResult> judge(Guest guest, Batch batch, Function<Cell, Promise> promises) {
        Observer observer = new Observer(guest, plan, transcript);
        List<CellResult> results = batch.cells().stream()
                .map(cell -> judge(guest, observer, cell, promises.apply(cell), millis / batch.cells().size())).toList();
        if (!results.get(0).failed()) {
            // A block that nobody promised to keep is as large as any other, and there may be thousands.
            folder.dropDump();
        }
        return results;
    }

    private CellResult judge(Guest guest, Observer observer, Cell cell, Promise promise, long share) {
        Observation observed = observer.observe(cell, end, look, problems, notes);
        Verdict verdict = Verdicts.judge(cell, promise, observed);
        boolean failed = verdict.outcome() == Verdict.Outcome.FAIL;
        CellFolder own = cell.equals(plan.cell()) ? folder : folder.sharedWith(cell.id(), failed);
        return new CellResult(cell, promise, plan.nonce(), kind,
                failed && guest.logs() ? observed.withLog(KernelLog.tail(folder.console())) : observed, verdict, share, own.path(), commandLine);
    }
}
