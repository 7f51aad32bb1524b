// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Part of the history: some runs, and what each made of some cells.
 *
 * @param runs  oldest first
 * @param cells by id
 */
public record HistoryView(List<Run> runs, List<CellHistory> cells) {

    static final HistoryView EMPTY = new HistoryView(List.of(), List.of());

    private static final String RUNS = "SELECT runs.number, name, started, count(*), sum(mark = 'F'), sum(mark = '~')"
            + " FROM runs JOIN verdicts ON verdicts.run = runs.number JOIN cells ON cells.number = verdicts.cell"
            + " WHERE cells.id GLOB ? GROUP BY runs.number ORDER BY runs.number DESC LIMIT ?";
    private static final String VERDICTS = "SELECT cells.id, cells.model, run, mark, reason FROM verdicts"
            + " JOIN cells ON cells.number = verdicts.cell WHERE cells.id GLOB ? AND run >= ? ORDER BY cells.id, run";
    /** The first run of the unbroken row of failures that ends with the newest verdict, however long ago. */
    private static final String SINCE = "SELECT cells.id, min(verdicts.run), runs.started FROM verdicts"
            + " JOIN cells ON cells.number = verdicts.cell JOIN runs ON runs.number = verdicts.run"
            + " WHERE cells.id GLOB ? AND mark = 'F' AND verdicts.run > coalesce((SELECT max(other.run) FROM verdicts AS other"
            + " WHERE other.cell = verdicts.cell AND other.mark <> 'F'), 0) GROUP BY cells.id";

    public HistoryView {
        runs = List.copyOf(runs);
        cells = List.copyOf(cells);
    }

    /**
     * A run.
     *
     * @param number  its place in the order of recording
     * @param started when its computer's clock said that it began
     * @param cells   how many of the cells that are looked at it had
     */
    public record Run(long number, String name, String started, int cells, int failed, int flaky) {
    }

    /** @param runs how many at most */
    static HistoryView read(Connection connection, String glob, int runs) throws SQLException {
        List<Run> last = runs(connection, glob, runs);
        if (last.isEmpty()) {
            return EMPTY;
        }
        Map<String, CellHistory> cells = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(VERDICTS)) {
            select.setString(1, glob);
            select.setLong(2, last.get(0).number());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String id = Escaped.of(row.getString(1));
                    boolean model = row.getBoolean(2);
                    cells.computeIfAbsent(id, name -> new CellHistory(name, model))
                            .add(row.getLong(3), mark(row.getString(4)), row.getString(5));
                }
            }
        }
        since(connection, glob, cells);
        return new HistoryView(last, List.copyOf(cells.values()));
    }

    private static List<Run> runs(Connection connection, String glob, int limit) throws SQLException {
        List<Run> runs = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(RUNS)) {
            select.setString(1, glob);
            select.setInt(2, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    runs.add(0, new Run(row.getLong(1), Escaped.of(row.getString(2)), Escaped.of(row.getString(3)), row.getInt(4),
                            row.getInt(5), row.getInt(6)));
                }
            }
        }
        return runs;
    }

    private static void since(Connection connection, String glob, Map<String, CellHistory> cells) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SINCE)) {
            select.setString(1, glob);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    CellHistory cell = cells.get(Escaped.of(row.getString(1)));
                    if (cell != null) {
                        cell.failsSince(row.getLong(2), Escaped.of(row.getString(3)));
                    }
                }
            }
        }
    }

    private static Mark mark(String character) throws SQLException {
        for (Mark mark : Mark.values()) {
            if (String.valueOf(mark.character()).equals(character)) {
                return mark;
            }
        }
        throw new SQLException("a verdict is '" + character + "'");
    }
}
