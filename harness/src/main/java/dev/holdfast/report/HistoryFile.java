// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The SQLite file that holds all runs of this user's: runs in the order in which they were recorded, which is their rowid's and not that of
 * a clock that somebody may set. Several programs may use it at a time, each waiting for the others: with a rollback journal, because a
 * write-ahead log is switched on, recovered and closed under locks for which SQLite does not wait (sqlite.org/wal.html on
 * SQLITE_BUSY in WAL mode).
 */
final class HistoryFile {

    /** The layout of the tables, kept in the file's user_version. */
    static final int VERSION = 1;

    private static final int BUSY_MILLIS = 20_000;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE runs (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
                    + " started TEXT NOT NULL, host TEXT NOT NULL, qemu TEXT NOT NULL, firmware TEXT NOT NULL,"
                    + " accelerator TEXT NOT NULL, machine TEXT NOT NULL, holdfast TEXT NOT NULL)",
            "CREATE TABLE cells (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, model INTEGER NOT NULL)",
            // A reason only where somebody will ask for it: thousands of cells a night are as promised.
            "CREATE TABLE verdicts (cell INTEGER NOT NULL REFERENCES cells, run INTEGER NOT NULL REFERENCES runs, mark TEXT NOT NULL,"
                    + " reason TEXT, PRIMARY KEY (cell, run)) WITHOUT ROWID",
            "CREATE INDEX verdicts_of_run ON verdicts (run)");

    private HistoryFile() {
    }

    /**
     * Opens it, and makes it if there is none.
     *
     * @throws SQLException if it is none, is a newer version's, or cannot be opened
     */
    static Connection open(Path file) throws SQLException, IOException {
        Files.createDirectories(file.getParent());
        // The driver unpacks its library; here it may be run even where /tmp is mounted noexec, and leaves nothing in it.
        System.setProperty("org.sqlite.tmpdir", file.getParent().toString());
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            prepare(connection);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            requireKnown(version(statement));
            connection.setAutoCommit(false);
            // Read again within the transaction: another program may have made the tables meanwhile.
            int version = version(statement);
            requireKnown(version);
            if (version == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
            connection.commit();
        }
    }

    private static void requireKnown(int version) throws SQLException {
        if (version > VERSION) {
            throw new SQLException("it was written by a newer holdfast (layout " + version + ", this one knows " + VERSION + ")");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }
}
