// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final StringWriter out = new StringWriter();
    private long now = 5 * SECOND;

    @Test
    void aFewCellsInAPipeAreALineEach() {
        run(progress(10, false, 80), Samples.summaries(10, 4), SECOND);

        assertThat(out.toString().lines()).hasSize(10).anyMatch(line -> line.matches("\\[1/10] FAIL     contract/.* \\(MODEL\\) \\(1\\.2 s\\)"));
        assertThat(out.toString()).doesNotContain("\u001B").doesNotContain("\r");
    }

    @Test
    void manyCellsInAPipeAreALineASecondAndEachFailureAtOnce() {
        run(progress(1000, false, 80), Samples.summaries(1000, 250), SECOND / 100);

        assertThat(out.toString().lines().filter(line -> line.contains("FAIL"))).hasSize(4);
        assertThat(out.toString().lines().filter(line -> line.contains("cells/s"))).hasSizeBetween(9, 11)
                .allMatch(line -> line.contains("100.0 cells/s"));
        assertThat(out.toString()).contains("1000/1000 cells, 100.0 cells/s, 0 s left, 4 failed");
    }

    @Test
    void aTerminalHasOneLineNoWiderThanItself() {
        Progress progress = progress(1000, true, 40);
        progress.begin(new Totals());
        run(progress, Samples.summaries(300, 10), SECOND / 20);
        progress.end();

        assertThat(out.toString()).doesNotContain("\n").endsWith("\r\u001B[K");
        assertThat(out.toString().split("\r\u001B\\[K")).allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
        assertThat(out.toString()).contains("300/1000 cells, 20.0 cells/s, 35 s lef");
    }

    @Test
    void whatWasDoneBeforeCountsAsDoneAndNotTowardsTheRate() {
        Totals before = new Totals();
        Samples.summaries(900, 100).forEach(before::add);
        Progress progress = progress(1000, true, 120);
        progress.begin(before);
        run(progress, Samples.summaries(10, 100), SECOND);

        assertThat(out.toString()).contains("900/1000 cells, 9 failed").contains("910/1000 cells, 1.0 cells/s, 1 min 30 s left, 10 failed");
    }

    private Progress progress(int cells, boolean live, int width) {
        return new Progress(new PrintWriter(out), cells, live, width, () -> now);
    }

    private void run(Progress progress, List<CellSummary> cells, long nanosEach) {
        for (CellSummary cell : cells) {
            now += nanosEach;
            progress.done(cell);
        }
    }
}
