// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.report.CellSummary;
import dev.holdfast.report.Comparison;
import dev.holdfast.report.HtmlPage;
import dev.holdfast.report.JUnitXml;
import dev.holdfast.report.ResultTable;
import dev.holdfast.report.Results;
import dev.holdfast.report.Totals;
import dev.holdfast.run.Verdict.Outcome;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is made of a run's results: reports in files, the table, and the exit status. */
final class FinalReport {

    private final PrintWriter out;
    private final boolean strictFlaky;

    /** @param strictFlaky whether a flaky cell is no better than one that failed */
    FinalReport(PrintWriter out, boolean strictFlaky) {
        this.out = out;
        this.strictFlaky = strictFlaky;
    }

    /**
     * @param comparison with the baseline, if there is one
     * @param missing    what became of the cells that have no result, and what to do about it
     * @return the exit status
     */
    int print(Results results, Optional<Comparison> comparison, String missing) {
        List<CellSummary> cells = results.cells();
        Totals totals = results.totals();
        Path folder = results.file().getParent();
        String replay = results.asked().replay();
        new JUnitXml(results.run(), results.asked().scenario(), replay).write(folder, cells);
        new HtmlPage(results.run(), results.asked()).write(folder, cells, totals);
        int width = Terminal.width(System.getenv());
        out.println();
        out.print(new ResultTable(Terminal.palette(System.getenv()), width, replay).render(cells));
        out.println();
        comparison.ifPresent(differences -> out.print(differences.render(width)));
        out.println(totals.words() + "; results: " + OutFolder.shown(results.file()));
        if (totals.flaky() > 0) {
            out.println("FLAKY: " + counted(totals.flaky()) + " came through only on a further try; what was kept of the tries"
                    + " that failed is in the folders in " + folder.resolve(OutFolder.CELLS) + " that end in .try1 and so on");
        }
        if (results.asked().cells() > totals.cells()) {
            out.println(counted(results.asked().cells() - totals.cells()) + " " + missing);
        }
        out.flush();
        return status(totals, comparison);
    }

    /** Where there is a baseline, only what has become worse counts. */
    private int status(Totals totals, Optional<Comparison> comparison) {
        boolean worse = comparison.map(Comparison::regressed).orElse(totals.of(Outcome.FAIL) > 0);
        return worse || strictFlaky && totals.flaky() > 0 ? ExitStatus.BROKEN_PROMISE : ExitStatus.AS_PROMISED;
    }

    private static String counted(int cells) {
        return cells + (cells == 1 ? " cell" : " cells");
    }
}
