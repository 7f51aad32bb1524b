// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import java.util.ArrayList;
import java.util.List;

/** Judges what was observed against what was promised. A pure function: the same observation always gets the same verdict. */
public final class Verdicts {

    private static final int MAX_FINDINGS = 6;

    private Verdicts() {
    }

    public static Verdict judge(Cell cell, Promise promise, Observation observed) {
        // Whether the boot was observed at all comes first: a promise cannot be seen to hold in a boot of which half is missing.
        List<String> findings = new ArrayList<>(Findings.ofMeasurement(cell, observed));
        if (!(promise instanceof Promise.Open)) {
            findings.addAll(Findings.ofPromise(cell, promise, observed));
        }
        if (Findings.ran(observed)) {
            // What is promised of steps rests on the strict reading of what their sources leave open.
            cell.probe().map(probe -> cell.model().strict() ? probe : probe.open())
                    .ifPresent(probe -> findings.addAll(ProbeFindings.of(probe, observed)));
        }
        if (!findings.isEmpty()) {
            return new Verdict(Verdict.Outcome.FAIL, join(findings) + observed.decidedWords());
        }
        // Of a routine that a kernel does not have, nobody promised it anything.
        if (promise instanceof Promise.Open || observed.unavailable().isPresent()) {
            return new Verdict(Verdict.Outcome.OBSERVED, Seen.summary(cell, observed) + observed.decidedWords());
        }
        return new Verdict(Verdict.Outcome.PASS, Seen.summary(cell, observed) + observed.decidedWords());
    }

    private static String join(List<String> findings) {
        List<String> distinct = findings.stream().distinct().toList();
        String shown = String.join("; ", distinct.subList(0, Math.min(MAX_FINDINGS, distinct.size())));
        return distinct.size() > MAX_FINDINGS ? shown + "; and " + (distinct.size() - MAX_FINDINGS) + " more" : shown;
    }
}
