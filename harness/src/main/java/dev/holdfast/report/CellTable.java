// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.ArrayList;
import java.util.List;

/** A few cells, a row each. */
final class CellTable {

    private static final String MODEL = " (MODEL)";
    private static final List<String> HEADS = List.of("guest", "reservation", "mapping", "verifier", "verdict", "promised", "observed");
    private static final int VERDICT = 4;
    private static final int PROMISED = 5;
    private static final int OBSERVED = 6;
    private static final int MIN_OBSERVED_WIDTH = 24;
    private static final String GAP = "  ";
    /** Between columns where there is no room: a cell of the thread's scenario then fits into 100 columns. */
    private static final String NARROW_GAP = " ";
    private static final String INDENT = "    ";

    private final Palette palette;
    private final int width;

    CellTable(Palette palette, int width) {
        this.palette = palette;
        this.width = width;
    }

    /** Where there is no room for all columns, the last two stand on a line of their own. */
    String render(List<CellSummary> cells) {
        boolean severalWays = cells.stream().map(cell -> Axes.of(cell.id()).locating()).distinct().count() > 1;
        List<List<String>> rows = cells.stream().map(cell -> row(cell, severalWays)).toList();
        int[] widths = widths(rows);
        int before = 0;
        for (int i = 0; i < OBSERVED; i++) {
            before += widths[i] + GAP.length();
        }
        boolean wide = width - before >= MIN_OBSERVED_WIDTH;
        StringBuilder text = new StringBuilder();
        text.append(wide ? line(HEADS, widths, null, GAP) : line(HEADS.subList(0, PROMISED), widths, null, NARROW_GAP)).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            if (wide) {
                beside(text, rows.get(i), widths, Mark.of(cells.get(i)), before);
            } else {
                below(text, rows.get(i), widths, Mark.of(cells.get(i)));
            }
        }
        return text.toString();
    }

    private void beside(StringBuilder text, List<String> row, int[] widths, Mark mark, int before) {
        List<String> folded = Words.fold(row.get(OBSERVED), width - before);
        List<String> first = new ArrayList<>(row.subList(0, OBSERVED));
        first.add(folded.get(0));
        text.append(line(first, widths, mark, GAP)).append('\n');
        folded.stream().skip(1).forEach(words -> text.append(" ".repeat(before)).append(words).append('\n'));
    }

    private void below(StringBuilder text, List<String> row, int[] widths, Mark mark) {
        text.append(line(row.subList(0, PROMISED), widths, mark, NARROW_GAP)).append('\n');
        String model = row.get(0).endsWith(MODEL) ? "MODEL: " : "";
        Words.fold(model + "promised " + row.get(PROMISED) + ", " + row.get(OBSERVED), width - INDENT.length())
                .forEach(words -> text.append(INDENT).append(words).append('\n'));
    }

    private static List<String> row(CellSummary cell, boolean severalWays) {
        Axes axes = Axes.of(cell.id());
        String reservation = axes.type() + "@" + axes.placement();
        // A model's word is not Windows' word, and no line of a report may be read without that.
        return List.of(axes.guest() + (cell.model() ? MODEL : ""),
                severalWays ? reservation + "/" + axes.locating() : reservation,
                axes.mapping() + (axes.others().isEmpty() ? "" : " " + axes.others()), axes.verifierWord(), Mark.of(cell).word(),
                cell.promised(), cell.failed() ? "see below" : cell.reason());
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = HEADS.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths, Mark mark, String gap) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            boolean last = i == cells.size() - 1;
            String padding = last ? "" : " ".repeat(Math.max(0, widths[i] - cells.get(i).length())) + gap;
            line.append(i == VERDICT && mark != null ? palette.paint(mark, cells.get(i)) : cells.get(i)).append(padding);
        }
        return line.toString().stripTrailing();
    }
}
