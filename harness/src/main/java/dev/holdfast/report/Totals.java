// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many cells got which verdict. */
public final class Totals {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private long millis;

    public void add(CellResult result) {
        counts.merge(result.verdict().outcome(), 1, Integer::sum);
        millis += result.millis();
    }

    public int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    public int cells() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The sum of all cells' times: machine time, not wall time. */
    public long millis() {
        return millis;
    }
}
