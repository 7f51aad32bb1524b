// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.Verdict.Outcome;
import java.util.List;

/**
 * What reports need of a cell's result: about a kilobyte, so that ten thousand fit where ten thousand results would not. Its texts hold
 * no control characters, wherever they came from.
 *
 * @param id          the cell's
 * @param place       where it stands among the cells that were asked for, from 0
 * @param model       whether the guest is a model of an operating system
 * @param promised    the promise in a word: {@code kept}, a status, {@code 0xC4/0x83}, {@code open}
 * @param source      where the promise is made
 * @param observation the observation without what varies by nature, see {@link ObservationKey}
 * @param outcome     of the last try
 * @param millis      from the start of the machine to its end, of the last try
 * @param folder      what was kept of the last try, relative to the results where it lies below them
 * @param earlier     tries before the last, oldest first; all of them failed
 * @param log         the end of the log of the guest's kernel, a line each, where the last try failed and there is one
 */
public record CellSummary(String id, int place, boolean model, Outcome outcome, String reason, String promised, String source,
                          String observation, long millis, String folder, List<Attempt> earlier, List<String> log) {

    public CellSummary {
        earlier = List.copyOf(earlier);
        log = List.copyOf(log);
    }

    public boolean failed() {
        return outcome == Outcome.FAIL;
    }

    /** Whether the cell did not fail in the end, but did before. */
    public boolean flaky() {
        return !failed() && !earlier.isEmpty();
    }

    public int attempts() {
        return earlier.size() + 1;
    }
}
