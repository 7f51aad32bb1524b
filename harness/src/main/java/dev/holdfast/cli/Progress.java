// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Says how far a run has come: a line that changes on a terminal, a line a cell in a pipe. */
final class Progress {

    private static final String CLEAR_LINE = "\r\u001B[K";

    private final PrintWriter out;
    private final int cells;
    private final boolean live;
    private final long start = System.nanoTime();
    private int done;
    private int failed;

    Progress(PrintWriter out, int cells, boolean live) {
        this.out = out;
        this.cells = cells;
        this.live = live;
    }

    void begin() {
        if (live) {
            show();
        }
    }

    void done(CellResult result) {
        done++;
        if (result.verdict().outcome() == Outcome.FAIL) {
            failed++;
        }
        if (live) {
            show();
        } else {
            out.println(String.format(Locale.ROOT, "[%d/%d] %-8s %s (%.1f s)", done, cells, word(result.verdict().outcome()),
                    result.cell().id(), result.millis() / 1000.0));
            out.flush();
        }
    }

    void end() {
        if (live) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void show() {
        double seconds = Math.max(0.001, Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0);
        double rate = done / seconds;
        String left = done == 0 ? "" : String.format(Locale.ROOT, ", %.1f cells/s, %.0f s left", rate, (cells - done) / rate);
        out.print(CLEAR_LINE + done + "/" + cells + " cells" + left + (failed == 0 ? "" : ", " + failed + " failed"));
        out.flush();
    }

    private static String word(Outcome outcome) {
        return outcome == Outcome.FAIL ? "FAIL" : outcome.word();
    }
}
