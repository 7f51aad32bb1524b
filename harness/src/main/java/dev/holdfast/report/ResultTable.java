// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Promise;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;

/** A run on a terminal: a line a cell, then each failure with what was seen and the command to see it again. */
public final class ResultTable {

    private static final List<String> HEADS = List.of("guest", "reservation", "mapping", "verifier", "promised", "observed", "verdict");
    private static final int OBSERVED = 5;
    private static final int VERDICT = 6;
    private static final int MIN_OBSERVED_WIDTH = 24;

    private final Palette palette;
    private final int width;
    private final String replay;

    /**
     * @param width  columns of the terminal
     * @param replay the command that runs one cell again, to which its id is added
     */
    public ResultTable(Palette palette, int width, String replay) {
        this.palette = palette;
        this.width = width;
        this.replay = replay;
    }

    public String render(List<CellResult> results) {
        List<List<String>> rows = results.stream().map(ResultTable::row).toList();
        int[] widths = widths(rows);
        StringBuilder text = new StringBuilder();
        line(text, HEADS, widths, Outcome.OBSERVED);
        for (int i = 0; i < results.size(); i++) {
            row(text, rows.get(i), widths, results.get(i).verdict().outcome());
        }
        results.stream().filter(result -> result.verdict().outcome() == Outcome.FAIL).forEach(result -> failure(text, result));
        return text.toString();
    }

    private static List<String> row(CellResult result) {
        Cell cell = result.cell();
        // A model's word is not Windows' word, and no line of a report may be read without that.
        String guest = cell.guest().label() + (cell.guest().model() ? " (MODEL)" : "");
        return List.of(guest, cell.reservation().type().name() + "@" + cell.reservation().placement().label(), cell.mapping().label(),
                cell.verifier().on() ? "on" : "off", promised(result.promise()), observed(result), verdict(result));
    }

    private static String promised(Promise promise) {
        if (promise instanceof Promise.BugCheck bugCheck) {
            return Hex.of(bugCheck.code()) + "/" + bugCheck.parameters().get(0).words();
        }
        return promise instanceof Promise.Refused refused ? Hex.of(refused.status()) : promise.kind();
    }

    private static String observed(CellResult result) {
        return result.verdict().outcome() == Outcome.FAIL ? "see below" : result.verdict().reason();
    }

    private static String verdict(CellResult result) {
        return result.verdict().outcome() == Outcome.FAIL ? "FAIL" : result.verdict().outcome().word();
    }

    /** Every column as wide as its content, but for the observation, which gets what is left and is folded. */
    private int[] widths(List<List<String>> rows) {
        int[] widths = HEADS.stream().mapToInt(String::length).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        int others = -widths[OBSERVED];
        for (int columnWidth : widths) {
            others += columnWidth + 2;
        }
        widths[OBSERVED] = Math.max(MIN_OBSERVED_WIDTH, Math.min(widths[OBSERVED], width - others + 2));
        return widths;
    }

    private void row(StringBuilder text, List<String> cells, int[] widths, Outcome outcome) {
        List<String> folded = fold(cells.get(OBSERVED), widths[OBSERVED]);
        List<String> first = new ArrayList<>(cells);
        first.set(OBSERVED, folded.get(0));
        line(text, first, widths, outcome);
        for (String rest : folded.subList(1, folded.size())) {
            List<String> next = new ArrayList<>(List.of("", "", "", "", "", rest, ""));
            line(text, next, widths, Outcome.OBSERVED);
        }
    }

    private void line(StringBuilder text, List<String> cells, int[] widths, Outcome outcome) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String padded = cells.get(i) + " ".repeat(Math.max(0, widths[i] - cells.get(i).length()) + 2);
            line.append(i == VERDICT ? palette.paint(outcome, padded.strip()) : padded);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private void failure(StringBuilder text, CellResult result) {
        text.append('\n').append(palette.paint(Outcome.FAIL, "FAIL")).append(' ').append(result.cell().id()).append('\n');
        for (String line : fold("seen: " + result.verdict().reason(), Math.max(MIN_OBSERVED_WIDTH, width - 2))) {
            text.append("  ").append(line).append('\n');
        }
        for (String line : fold("promised: " + promisedInWords(result.promise()), Math.max(MIN_OBSERVED_WIDTH, width - 2))) {
            text.append("  ").append(line).append('\n');
        }
        text.append("  kept in: ").append(result.folder()).append('\n');
        text.append("  again: ").append(replay).append(' ').append(result.cell().id()).append('\n');
    }

    private static String promisedInWords(Promise promise) {
        return promised(promise) + " (" + promise.source() + ")";
    }

    /** Breaks a text at spaces into lines of at most {@code width} characters, as far as it has spaces. */
    static List<String> fold(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
