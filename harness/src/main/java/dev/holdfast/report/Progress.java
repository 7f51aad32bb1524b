// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a run has come: a line that changes on a terminal; in a pipe a line a cell, or from {@value #MANY} cells on a line a second
 * and each failure at once. Its clock is monotonic, so that a computer whose time is set does not run backwards here.
 */
public final class Progress {

    private static final int MANY = 50;
    private static final String CLEAR_LINE = "\r\u001B[K";
    private static final long LIVE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long PLAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final int cells;
    private final boolean live;
    private final int width;
    private final LongSupplier clock;
    private final long start;
    private long shown;
    private int done;
    private int here;
    private int failed;
    private int flaky;

    /**
     * @param cells how many there are in all
     * @param live  whether {@code out} is a terminal
     * @param width its columns
     */
    public Progress(PrintWriter out, int cells, boolean live, int width) {
        this(out, cells, live, width, System::nanoTime);
    }

    /** @param clock nanoseconds from any start, never backwards */
    Progress(PrintWriter out, int cells, boolean live, int width, LongSupplier clock) {
        this.out = out;
        this.cells = cells;
        this.live = live;
        this.width = width;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.shown = start;
    }

    /** Shows what there is before the first cell: those that an earlier part of the run did count as done, not towards the rate. */
    public synchronized void begin(Totals before) {
        done = before.cells();
        failed = before.of(Outcome.FAIL);
        flaky = before.flaky();
        if (live) {
            show();
        }
    }

    public synchronized void done(CellSummary cell) {
        done++;
        here++;
        failed += cell.failed() ? 1 : 0;
        flaky += cell.flaky() ? 1 : 0;
        if (!live && (cells <= MANY || cell.failed())) {
            out.println(String.format(Locale.ROOT, "[%d/%d] %-8s %s%s (%.1f s)", done, cells, Mark.of(cell).word(), cell.id(),
                    cell.model() ? " (MODEL)" : "", cell.millis() / 1000.0));
            out.flush();
        } else if (done == cells || clock.getAsLong() - shown >= (live ? LIVE_NANOS : PLAIN_NANOS)) {
            show();
        }
    }

    /** Removes the live line, so that something else can be printed. */
    public synchronized void end() {
        if (live) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private void show() {
        shown = clock.getAsLong();
        if (live) {
            String line = line();
            out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), width - 1)));
        } else {
            out.println(line());
        }
        out.flush();
    }

    private String line() {
        StringBuilder line = new StringBuilder().append(done).append('/').append(cells).append(" cells");
        double seconds = (clock.getAsLong() - start) / NANOS;
        if (here > 0 && seconds > 0) {
            double rate = here / seconds;
            line.append(String.format(Locale.ROOT, ", %.1f cells/s, %s left", rate, words((cells - done) / rate)));
        }
        if (failed > 0) {
            line.append(", ").append(failed).append(" failed");
        }
        if (flaky > 0) {
            line.append(", ").append(flaky).append(" flaky");
        }
        return line.toString();
    }

    private static String words(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        return whole < 3600 ? whole / 60 + " min " + whole % 60 + " s" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }
}
