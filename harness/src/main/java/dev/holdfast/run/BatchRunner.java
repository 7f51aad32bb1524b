// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.run.KernelSeen.Attempt;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs cells that share a boot so that none of them pays for another: a mapping that takes the guest down with it keeps that boot as its
 * own, and the others are booted again without it.
 */
public final class BatchRunner implements Function<Batch, List<CellResult>> {

    private final Function<Batch, List<CellResult>> boot;

    /** @param boot boots once, and has a result for each cell */
    public BatchRunner(Function<Batch, List<CellResult>> boot) {
        this.boot = boot;
    }

    @Override
    public List<CellResult> apply(Batch batch) {
        List<CellResult> results = boot.apply(batch);
        Observation observed = results.get(0).observed();
        if (batch.single() || observed.end().proven() && observed.failure().isEmpty() || Shutdown.begun()) {
            return results;
        }
        Optional<CellResult> culprit = results.stream().filter(result -> attempt(result) == Attempt.UNDER_WAY).findFirst();
        if (culprit.isPresent()) {
            return inOrder(batch, culprit.get(), apply(batch.without(culprit.get().cell())));
        }
        if (results.stream().allMatch(result -> attempt(result) == Attempt.NOT_BEGUN)) {
            // What ended this boot has nothing to do with any mapping, and would end the next one.
            return results;
        }
        return batch.cells().stream().flatMap(cell -> boot.apply(Batch.alone(cell)).stream()).toList();
    }

    private static Attempt attempt(CellResult result) {
        return result.observed().kernel().attempt();
    }

    private static List<CellResult> inOrder(Batch batch, CellResult culprit, List<CellResult> others) {
        Map<Cell, CellResult> byCell = new HashMap<>();
        others.forEach(result -> byCell.put(result.cell(), result));
        byCell.put(culprit.cell(), culprit);
        return batch.cells().stream().map(byCell::get).toList();
    }
}
