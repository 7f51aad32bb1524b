// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The verdicts of all runs, so that one can ask since when a cell fails and which cells flip. SQLite is loaded when it is first used, which
 * for a run is after its last cell.
 */
public final class History {

    private static final int MAX_REASON = 300;

    private static final String INSERT_RUN = "INSERT INTO runs (id, name, started, host, qemu, firmware, accelerator, machine, holdfast)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING";
    private static final String INSERT_CELL = "INSERT INTO cells (id, model) VALUES (?, ?) ON CONFLICT (id) DO NOTHING";
    private static final String INSERT_VERDICT =
            "INSERT OR REPLACE INTO verdicts (cell, run, mark, reason) SELECT number, ?, ?, ? FROM cells WHERE id = ?";

    private final Path file;

    /** @param file is made, with its folder, when the first run is recorded */
    public History(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** The history in its usual place, {@code $XDG_DATA_HOME/holdfast/history.db} or {@code ~/.local/share/holdfast/history.db}. */
    public static History of(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        // The XDG base directory specification has a relative path ignored.
        Path folder = data.startsWith("/") ? Path.of(data) : Path.of(home, ".local", "share");
        return new History(folder.resolve("holdfast").resolve("history.db"));
    }

    public Path file() {
        return file;
    }

    /**
     * Records a run, in one transaction. A run that was cut and carried on is recorded once, with all of its cells.
     *
     * @return what went wrong, in one sentence: a history that cannot be written is no reason for a run to fail
     */
    public Optional<String> record(RunInfo run, Asked asked, Collection<CellSummary> cells) {
        try (Connection connection = HistoryFile.open(file)) {
            long number = recordRun(connection, run, asked);
            recordCells(connection, number, cells);
            connection.commit();
            return Optional.empty();
        } catch (SQLException | IOException e) {
            return Optional.of("this run is not in the history: " + trouble(e));
        }
    }

    /** Whether all these runs are recorded; one that cannot be read has none. */
    public boolean hasAll(Collection<String> runs) {
        if (!file.toFile().exists()) {
            return false;
        }
        try (Connection connection = HistoryFile.open(file);
             PreparedStatement select = connection.prepareStatement("SELECT 1 FROM runs WHERE id = ?")) {
            for (String run : runs) {
                select.setString(1, run);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                }
            }
            return true;
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    private static long recordRun(Connection connection, RunInfo run, Asked asked) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_RUN)) {
            int column = 1;
            for (String value : new String[] {run.id(), asked.name(), run.started().toString(), run.host(), run.qemu(), run.firmware(),
                    run.accelerator(), run.machine(), run.holdfast()}) {
                insert.setString(column++, value);
            }
            insert.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement("SELECT number FROM runs WHERE id = ?")) {
            select.setString(1, run.id());
            try (ResultSet row = select.executeQuery()) {
                return row.getLong(1);
            }
        }
    }

    private static void recordCells(Connection connection, long run, Collection<CellSummary> cells) throws SQLException {
        try (PreparedStatement cell = connection.prepareStatement(INSERT_CELL);
             PreparedStatement verdict = connection.prepareStatement(INSERT_VERDICT)) {
            for (CellSummary summary : cells) {
                Mark mark = Mark.of(summary);
                cell.setString(1, summary.id());
                cell.setBoolean(2, summary.model());
                cell.addBatch();
                verdict.setLong(1, run);
                verdict.setString(2, String.valueOf(mark.character()));
                verdict.setString(3, mark == Mark.FAIL || mark == Mark.FLAKY ? cut(summary) : null);
                verdict.setString(4, summary.id());
                verdict.addBatch();
            }
            cell.executeBatch();
            verdict.executeBatch();
        }
    }

    private static String cut(CellSummary cell) {
        String reason = cell.flaky() && !cell.earlier().isEmpty() ? cell.earlier().get(0).reason() : cell.reason();
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + "…";
    }

    /**
     * What the last runs say of the cells that match.
     *
     * @param glob a pattern for cell ids in which {@code *} stands for any characters, slashes too, and {@code ?} for one
     * @param last how many runs to look at, those without such cells not counted
     * @throws EnvironmentFault if the history is none, or cannot be read
     */
    public HistoryView view(String glob, int last) {
        if (!file.toFile().exists()) {
            return HistoryView.EMPTY;
        }
        try (Connection connection = HistoryFile.open(file); Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            return HistoryView.read(connection, pattern(glob), last);
        } catch (SQLException | IOException e) {
            throw new EnvironmentFault("the history cannot be read: " + trouble(e), e);
        }
    }

    /** To SQLite's GLOB a bracket begins a set, to everybody else here it is a character of an id. */
    private static String pattern(String glob) {
        return glob.replace("[", "[[]");
    }

    private String trouble(Exception e) {
        String why = Escaped.of(String.valueOf(e.getMessage()));
        return file + ": " + why + "; move the file away to start a new history, or set XDG_DATA_HOME to another folder";
    }
}
