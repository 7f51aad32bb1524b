// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many cells, folded into grids of rows × mappings with a mark a cell, so that a thousand fit on two screens. */
final class GridTable {

    private static final int MAX_ROWS = 60;
    private static final int MAX_LABEL = 40;
    private static final int LETTERS = 26;

    private final Palette palette;
    private final int width;

    GridTable(Palette palette, int width) {
        this.palette = palette;
        this.width = width;
    }

    String render(Collection<CellSummary> cells) {
        GridLayout layout = GridLayout.of(cells);
        Map<List<String>, List<CellSummary>> grids = new LinkedHashMap<>();
        Set<String> mappings = new LinkedHashSet<>();
        for (CellSummary cell : cells.stream().sorted(GridTable::inOrder).toList()) {
            Axes axes = Axes.of(cell.id());
            grids.computeIfAbsent(layout.grid(axes), key -> new ArrayList<>()).add(cell);
            mappings.add(axes.mapping());
        }
        List<String> columns = mappings.stream().sorted().toList();
        StringBuilder text = new StringBuilder();
        grids.forEach((key, inGrid) -> grid(text, key, inGrid, layout, columns));
        text.append(legend(columns));
        return text.toString();
    }

    /** By id, but a run's order depends on what took how long. */
    private static int inOrder(CellSummary a, CellSummary b) {
        return a.id().compareTo(b.id());
    }

    private void grid(StringBuilder text, List<String> key, List<CellSummary> cells, GridLayout layout, List<String> columns) {
        Map<String, Map<String, Square>> rows = new LinkedHashMap<>();
        for (CellSummary cell : cells) {
            Axes axes = Axes.of(cell.id());
            rows.computeIfAbsent(layout.row().apply(axes), name -> new LinkedHashMap<>())
                    .computeIfAbsent(axes.mapping(), name -> new Square()).add(Mark.of(cell));
        }
        int label = Math.min(MAX_LABEL, rows.keySet().stream().mapToInt(String::length).max().orElse(0));
        int square = 1 + rows.values().stream().flatMap(row -> row.values().stream()).mapToInt(s -> s.text().length()).max().orElse(1);
        int fitting = Math.max(1, (width - label) / square);
        text.append(heading(key, cells)).append('\n');
        for (int from = 0; from < columns.size(); from += fitting) {
            int to = Math.min(columns.size(), from + fitting);
            List<String> shown = columns.subList(from, to);
            text.append(" ".repeat(label)).append(letters(from, to, square)).append('\n');
            rows.entrySet().stream().limit(MAX_ROWS).forEach(row -> row(text, row.getKey(), row.getValue(), shown, label, square));
        }
        if (rows.size() > MAX_ROWS) {
            text.append("… and ").append(rows.size() - MAX_ROWS).append(" more rows in ").append(ResultsWriter.NAME).append('\n');
        }
        text.append('\n');
    }

    private static String heading(List<String> key, List<CellSummary> cells) {
        String model = cells.stream().anyMatch(CellSummary::model) ? " (MODEL)" : "";
        String rest = key.stream().skip(1).filter(part -> !part.isEmpty()).map(part -> ", " + part).collect(Collectors.joining());
        return key.get(0) + model + rest + ": " + Words.count(cells.size(), "cell");
    }

    private static String letters(int from, int to, int square) {
        StringBuilder line = new StringBuilder();
        for (int i = from; i < to; i++) {
            line.append(" ".repeat(Math.max(1, square - letter(i).length()))).append(letter(i));
        }
        return line.toString();
    }

    private void row(StringBuilder text, String name, Map<String, Square> squares, List<String> columns, int label, int square) {
        String shown = name.length() <= label ? name : name.substring(0, label - 1) + "…";
        StringBuilder line = new StringBuilder(Words.padded(shown, label));
        int blanks = 0;
        for (String column : columns) {
            Square here = squares.get(column);
            if (here == null) {
                blanks += square;
            } else {
                line.append(" ".repeat(blanks + square - here.text().length())).append(palette.paint(here.worst(), here.text()));
                blanks = 0;
            }
        }
        text.append(line).append('\n');
    }

    private String legend(List<String> columns) {
        List<String> letters = IntStream.range(0, columns.size()).mapToObj(i -> letter(i) + " " + columns.get(i)).toList();
        List<String> marks = Stream.of(Mark.values())
                .map(mark -> mark.character() + " " + mark.word() + " (" + mark.meaning() + ")").toList();
        List<String> counts = List.of("F2/5 of 5 cells here 2 are F, none is worse", ".5 all 5 are alike");
        return Stream.of(letters, marks, counts).flatMap(entries -> Words.pack(entries, width).stream())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** a … z, a1 … z1, and so on. */
    private static String letter(int index) {
        char letter = (char) ('a' + index % LETTERS);
        return index < LETTERS ? String.valueOf(letter) : letter + String.valueOf(index / LETTERS);
    }
}
