// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Comparator;
import java.util.List;

/** The history on a terminal: the last runs, since when which cells fail, and which cells change their verdicts. */
public final class HistoryTable {

    private static final int MAX_CELLS = 40;
    private static final String INDENT = "  ";

    private final Palette palette;
    private final int width;

    /** @param width columns of the terminal */
    public HistoryTable(Palette palette, int width) {
        this.palette = palette;
        this.width = width;
    }

    /**
     * @param all whether cells are shown that have nothing to say: those that neither fail nor flip
     */
    public String render(HistoryView view, boolean all) {
        if (view.runs().isEmpty()) {
            return "no recorded run has such a cell\n";
        }
        StringBuilder text = new StringBuilder();
        for (HistoryView.Run run : view.runs()) {
            text.append("run ").append(run.number()).append("  ").append(run.started()).append("  ").append(run.name()).append(": ")
                    .append(Words.count(run.cells(), "cell")).append(", ").append(run.failed()).append(" failed")
                    .append(run.flaky() == 0 ? "" : ", " + run.flaky() + " flaky").append('\n');
        }
        List<CellHistory> failing = view.cells().stream().filter(cell -> cell.failing().isPresent())
                .sorted(Comparator.comparing(cell -> cell.failing().orElseThrow().run())).toList();
        List<CellHistory> flipping = view.cells().stream().filter(cell -> cell.failing().isEmpty() && cell.flips() > 0)
                .sorted(Comparator.comparing(CellHistory::flips).reversed()).toList();
        section(text, "failing", failing, view);
        section(text, "changing", flipping, view);
        if (all) {
            section(text, "steady", view.cells().stream().filter(cell -> cell.failing().isEmpty() && cell.flips() == 0).toList(), view);
        }
        if (failing.isEmpty() && flipping.isEmpty()) {
            text.append("\nno cell fails, and none changed its verdict in these runs\n");
        }
        return text.toString();
    }

    private void section(StringBuilder text, String name, List<CellHistory> cells, HistoryView view) {
        if (!cells.isEmpty()) {
            text.append('\n').append(name).append(" (a mark a run, the newest last):\n");
        }
        cells.stream().limit(MAX_CELLS).forEach(cell -> cell(text, cell, view.runs()));
        if (cells.size() > MAX_CELLS) {
            text.append("… and ").append(cells.size() - MAX_CELLS).append(" more; name a pattern to see them\n");
        }
    }

    private String painted(Mark mark) {
        return palette.paint(mark, String.valueOf(mark.character()));
    }

    private void cell(StringBuilder text, CellHistory cell, List<HistoryView.Run> runs) {
        text.append(INDENT);
        // The mark of a run that did not have the cell is a space.
        runs.forEach(run -> text.append(cell.in(run.number()).map(this::painted).orElse(" ")));
        text.append(INDENT).append(cell.id()).append(cell.model() ? " (MODEL)" : "").append('\n');
        cell.failing().ifPresent(since -> text.append(INDENT).append(INDENT).append("fails since run ").append(since.run()).append(" of ")
                .append(since.started()).append(cell.flips() > 0 ? ", " + Words.count(cell.flips(), "change") + " in these runs" : "")
                .append('\n'));
        if (cell.failing().isEmpty() && cell.flips() > 0) {
            text.append(INDENT).append(INDENT).append(Words.count(cell.flips(), "change")).append(" in these runs\n");
        }
        if (!cell.reason().isEmpty()) {
            Words.fold(cell.reason(), width - 2 * INDENT.length())
                    .forEach(line -> text.append(INDENT).append(INDENT).append(line).append('\n'));
        }
    }
}
