// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.report.Baseline;
import dev.holdfast.report.CellSummary;
import dev.holdfast.report.Comparison;
import dev.holdfast.report.JUnitXml;
import dev.holdfast.report.ResultTable;
import dev.holdfast.report.Results;
import dev.holdfast.report.Totals;
import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run leaves when its last cell has ended: reports in files, the table, and the exit status. */
final class FinalReport {

    private final RunOptions options;
    private final Job job;
    private final PrintWriter out;

    FinalReport(RunOptions options, Job job, PrintWriter out) {
        this.options = options;
        this.job = job;
        this.out = out;
    }

    /** @return the exit status */
    int print(Results results, OutFolder folder, Optional<Baseline> baseline) {
        List<CellSummary> cells = inTheOrderAsked(results.cells());
        new JUnitXml(results.run(), job.name(), job.replay()).write(folder.path(), cells);
        int width = Terminal.width(System.getenv());
        out.println();
        out.print(new ResultTable(Terminal.palette(System.getenv()), width, job.replay()).render(cells));
        out.println();
        Optional<Comparison> comparison = baseline.map(earlier -> earlier.compare(results.cells()));
        comparison.ifPresent(differences -> out.print(differences.render(width)));
        Totals totals = results.totals();
        out.println(summary(totals) + "; results: " + OutFolder.shown(results.file()));
        remarks(totals, folder);
        job.history().flatMap(history -> history.record(results.run(), results.asked(), results.cells())).ifPresent(out::println);
        out.flush();
        return status(totals, comparison);
    }

    /** Cells end in any order; a table that shuffles its rows from run to run is no use to compare. */
    private List<CellSummary> inTheOrderAsked(Collection<CellSummary> ended) {
        Map<String, Integer> places = new HashMap<>();
        job.cells().forEach(cell -> places.put(cell.id(), places.size()));
        return ended.stream().sorted(Comparator.comparing(cell -> places.getOrDefault(cell.id(), places.size()))).toList();
    }

    private void remarks(Totals totals, OutFolder folder) {
        if (totals.flaky() > 0) {
            out.println("FLAKY: " + counted(totals.flaky(), "cell") + " came through only on a further try; what was kept of the tries"
                    + " that failed is in the folders in " + folder.cells() + " that end in .try1 and so on");
        }
        int missing = job.cells().size() - totals.cells();
        if (missing > 0) {
            out.println(counted(missing, "cell") + " not run, because of --fail-fast; the same command with --resume carries on");
        }
    }

    /** Where there is a baseline, only what has become worse counts. */
    private int status(Totals totals, Optional<Comparison> comparison) {
        boolean worse = comparison.map(Comparison::regressed).orElse(totals.of(Outcome.FAIL) > 0);
        return worse || options.strictFlaky() && totals.flaky() > 0 ? ExitStatus.BROKEN_PROMISE : ExitStatus.AS_PROMISED;
    }

    private static String summary(Totals totals) {
        return counted(totals.cells(), "cell") + ": " + totals.of(Outcome.PASS) + " as promised, " + totals.of(Outcome.FAIL) + " not, "
                + totals.of(Outcome.OBSERVED) + " observed where nothing is promised"
                + (totals.flaky() > 0 ? "; " + totals.flaky() + " of them flaky" : "");
    }

    private static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
