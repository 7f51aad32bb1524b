// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    private Path folder;
    private History history;
    private int runs;

    @BeforeEach
    void openHistory() {
        history = new History(folder.resolve("data/history.db"));
    }

    @Test
    void aCellFailsSinceTheFirstOfTheFailuresThatEndWithTheNewest() {
        record(".F.FFF");

        CellHistory cell = only(history.view("*", 20));
        assertThat(cell.failing().orElseThrow().run()).isEqualTo(4);
        assertThat(cell.flips()).isEqualTo(3);
        assertThat(cell.reason()).isEqualTo("why run-6 failed");
        assertThat(table("*")).contains(".F.FFF  " + cell.id() + " (MODEL)").contains("fails since run 4 of").contains("why run-6 failed");
    }

    @Test
    void sinceWhenIsSaidHoweverFarBackItLies() {
        record(".FFFFF");

        assertThat(only(history.view("*", 2)).failing().orElseThrow().run()).isEqualTo(2);
        assertThat(history.view("*", 2).runs()).hasSize(2);
    }

    @Test
    void aCellThatFlipsIsNamedThoughItPassesNow() {
        record(".~.F.");

        assertThat(only(history.view("*", 20)).failing()).isEmpty();
        assertThat(only(history.view("*", 20)).flips()).isEqualTo(4);
        assertThat(table("*")).contains("changing").contains(".~.F.").contains("4 changes in these runs");
    }

    @Test
    void onlyCellsThatMatchAreLookedAt() {
        history.record(run(), Samples.ASKED, List.of(cell(0, '.'), cell(5, 'o')));

        assertThat(history.view("*EfiLoaderData*", 20).cells()).singleElement()
                .extracting(CellHistory::id).asString().contains("EfiLoaderData");
        assertThat(history.view("*/no-verifie?", 20).cells()).hasSize(2);
        assertThat(history.view("contract/[a-z]*", 20).cells()).isEmpty();
        assertThat(table("linux/*")).isEqualTo("no recorded run has such a cell\n");
    }

    @Test
    void runsStandInTheOrderOfRecordingWhateverTheirClocksSaid() {
        for (String started : List.of("2026-05-01T00:00:00Z", "1999-01-01T00:00:00Z", "2038-01-19T00:00:00Z")) {
            RunInfo run = Samples.run("run-" + started);
            RunInfo then = new RunInfo(run.id(), Instant.parse(started), "h", "q", "f", "a", "m", "v", "");
            history.record(then, Samples.ASKED, List.of(cell(0, 'F')));
        }

        assertThat(history.view("*", 20).runs()).extracting(HistoryView.Run::started)
                .containsExactly("2026-05-01T00:00:00Z", "1999-01-01T00:00:00Z", "2038-01-19T00:00:00Z");
        assertThat(only(history.view("*", 20)).failing().orElseThrow()).isEqualTo(new CellHistory.Since(1, "2026-05-01T00:00:00Z"));
    }

    @Test
    void aRunThatWasCarriedOnIsOneRun() {
        RunInfo run = run();
        history.record(run, Samples.ASKED, List.of(cell(0, 'F')));
        history.record(run, Samples.ASKED, List.of(cell(0, '.'), cell(5, 'o')));

        assertThat(history.view("*", 20).runs()).singleElement().extracting(HistoryView.Run::cells).isEqualTo(2);
        assertThat(history.view("*", 20).cells()).hasSize(2).allMatch(cell -> cell.failing().isEmpty());
    }

    @RepeatedTest(5)
    void manyWritersAtOnceLoseNothing() {
        List<CellSummary> cells = List.of(cell(0, '.'), cell(5, 'o'));
        List<Optional<String>> troubles = IntStream.range(0, 16).parallel()
                .mapToObj(i -> new History(history.file()).record(Samples.run("parallel-" + i), Samples.ASKED, cells))
                .toList();

        assertThat(troubles).containsOnly(Optional.empty());
        assertThat(history.view("*", 100).runs()).hasSize(16).allMatch(run -> run.cells() == 2);
    }

    @Test
    void aHistoryThatIsBrokenOrCannotBeWrittenCostsAWarning() throws IOException {
        Files.createDirectories(history.file().getParent());
        Files.writeString(history.file(), "this is no database, and long enough to show it: " + "x".repeat(200));
        assertThat(history.record(run(), Samples.ASKED, List.of(cell(0, '.')))).hasValueSatisfying(warning -> assertThat(warning)
                .startsWith("this run is not in the history: " + history.file()).contains("not a database").contains("move the file away")
                .doesNotContain("\n"));
        assertThatThrownBy(() -> history.view("*", 1)).isInstanceOf(EnvironmentFault.class).hasMessageContaining("not a database");

        Path file = Files.createFile(folder.resolve("a-file"));
        assertThat(new History(file.resolve("history.db")).record(run(), Samples.ASKED, List.of())).isPresent();
    }

    @Test
    void aNewerVersionsHistoryIsLeftAlone() throws SQLException {
        record(".");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + history.file());
             Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 2");
        }

        assertThat(history.record(run(), Samples.ASKED, List.of(cell(0, '.')))).hasValueSatisfying(warning -> assertThat(warning)
                .contains("it was written by a newer holdfast (layout 2, this one knows 1)"));
        assertThatThrownBy(() -> history.view("*", 1)).hasMessageContaining("newer holdfast");
    }

    @Test
    void withoutAHistoryThereIsNothingToShowAndNoneIsMade() {
        assertThat(history.view("*", 20).runs()).isEmpty();
        assertThat(history.file()).doesNotExist();
    }

    @Test
    void itsPlaceIsThatOfTheXdgSpecification() {
        assertThat(History.of(Map.of("XDG_DATA_HOME", "/data", "HOME", "/home/u")).file()).isEqualTo(Path.of("/data/holdfast/history.db"));
        assertThat(History.of(Map.of("XDG_DATA_HOME", "relative", "HOME", "/home/u")).file())
                .isEqualTo(Path.of("/home/u/.local/share/holdfast/history.db"));
    }

    private void record(String marks) {
        marks.chars().forEach(mark -> assertThat(history.record(run(), Samples.ASKED, List.of(cell(0, (char) mark)))).isEmpty());
    }

    private RunInfo run() {
        return Samples.run("run-" + ++runs);
    }

    private CellSummary cell(int index, char mark) {
        CellResult failed = Samples.saying(index, Outcome.FAIL, "why run-" + runs + " failed");
        return switch (mark) {
            case 'F' -> Samples.summary(failed);
            case '~' -> Samples.summary(Samples.saying(index, Outcome.PASS, "well"), failed);
            case 'o' -> Samples.summary(Samples.saying(index, Outcome.OBSERVED, "seen"));
            default -> Samples.summary(Samples.saying(index, Outcome.PASS, "well"));
        };
    }

    private static CellHistory only(HistoryView view) {
        assertThat(view.cells()).hasSize(1);
        return view.cells().get(0);
    }

    private String table(String glob) {
        return new HistoryTable(Palette.PLAIN, 100).render(history.view(glob, 20), true);
    }
}
