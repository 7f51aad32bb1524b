// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.Verdict.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** How many cells got which verdict. */
public final class Totals {

    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int flaky;
    private long millis;

    void add(CellSummary cell) {
        counts.merge(cell.outcome(), 1, Integer::sum);
        flaky += cell.flaky() ? 1 : 0;
        millis += cell.millis() + cell.earlier().stream().mapToLong(Attempt::millis).sum();
    }

    /** By the verdict of the last try. */
    public int of(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    public int cells() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Those that failed before they did not; each is also among the passed or the observed ones. */
    public int flaky() {
        return flaky;
    }

    /** Such as {@code 8 cells: 5 as promised, 0 not, 3 observed where nothing is promised}. */
    public String words() {
        return Words.count(cells(), "cell") + ": " + of(Outcome.PASS) + " as promised, " + of(Outcome.FAIL) + " not, "
                + of(Outcome.OBSERVED) + " observed where nothing is promised" + (flaky > 0 ? "; " + flaky + " of them flaky" : "");
    }

    /** The sum of all tries' times: machine time, not wall time. */
    public long millis() {
        return millis;
    }
}
