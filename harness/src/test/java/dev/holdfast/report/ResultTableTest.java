// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Locating;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdict.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    private static final CellResult PASSED = Samples.thread(0, Samples.KEPT);
    private static final CellResult FAILED = Samples.thread(1, Samples.KEPT);
    private static final CellResult BUG_CHECKED =
            Samples.thread(1, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100).observation());
    private static final String ESCAPES = "\u001B[2J\u001B]0;title\u0007\r\n\u009B31m\u202Etxt";

    @Test
    void everyRowSaysThatAModelSpeaks() {
        String table = table(140, PASSED, BUG_CHECKED);

        assertThat(table.lines().filter(line -> line.contains("EfiReserved"))).hasSize(2).allMatch(line -> line.contains("MODEL"));
        assertThat(table).contains("kept").contains("0xC4/0x83").contains("pass").doesNotContain("\u001B");
    }

    @Test
    void cellsThatDifferInLocatingAloneDoNotLookAlike() {
        Cell scanned = PASSED.cell();
        Cell published = new Cell(scanned.guest(), scanned.reservation(), Locating.Published.VARIABLE, scanned.mapping(), scanned.verifier());
        CellResult other = Samples.result(published, Samples.KEPT, PASSED.verdict());

        assertThat(table(140, PASSED)).doesNotContain("/scan");
        assertThat(table(140, PASSED, other)).contains("@first-free/scan ").contains("@first-free/variable ");
    }

    @Test
    void aTableIsNoWiderThanItsTerminal() {
        for (int width : new int[] {100, 120, 140, 200}) {
            // What somebody will copy is never broken: ids, and the commands that they stand in.
            String table = table(width, IntStream.range(0, 8).mapToObj(i -> Samples.thread(i, Samples.KEPT)).toArray(CellResult[]::new));
            assertThat(table.lines().filter(line -> !line.contains(" contract/")))
                    .as("at %d columns", width).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        }
    }

    @Test
    void aFailureSaysWhatWasSeenWhatWasPromisedAndHowToSeeItAgain() {
        assertThat(table(1000, FAILED)).contains("FAIL " + FAILED.cell().id())
                .contains("seen: no bug check (mapped), expected bug check 0xC4 (0x83")
                .contains("promised: 0xC4/0x83 (windows-driver-docs")
                .contains("kept in: out/cells/x")
                .contains("again: ./holdfast replay " + FAILED.cell().id());
    }

    @Test
    void aFlakyCellIsShownWithTheTryThatFailed() {
        CellSummary flaky = Samples.summary(PASSED, Samples.saying(0, Outcome.FAIL, "no end within 90 s"));

        assertThat(render(Palette.PLAIN, 100, List.of(flaky))).contains("flaky " + flaky.id()).contains("seen at try 1: no end within 90 s")
                .contains("seen at try 2: 16 of 16 pages intact");
    }

    @Test
    void coloursAreThereOnlyWhereTheyAreWanted() {
        List<CellSummary> failed = List.of(Samples.summary(FAILED));

        assertThat(render(Palette.COLOURED, 100, failed)).contains("\u001B[31mFAIL\u001B[0m");
        assertThat(render(Palette.PLAIN, 100, failed)).doesNotContain("\u001B");
        assertThat(render(Palette.COLOURED, 100, Samples.summaries(100, 3))).contains("\u001B[31mF\u001B[0m");
        assertThat(render(Palette.PLAIN, 100, Samples.summaries(100, 3))).doesNotContain("\u001B");
    }

    @Test
    void whatAGuestSaysNeverReachesTheTerminalRaw() {
        List<CellSummary> hostile = new ArrayList<>(List.of(Samples.summary(Samples.saying(0, Outcome.FAIL, ESCAPES)),
                Samples.summary(Samples.saying(5, Outcome.OBSERVED, ESCAPES)),
                Samples.summary(Samples.saying(2, Outcome.PASS, "well"), Samples.saying(2, Outcome.FAIL, ESCAPES))));
        List<CellSummary> many = Samples.summaries(100, 200);
        many.addAll(hostile);

        for (List<CellSummary> cells : List.of(hostile, many)) {
            assertThat(render(Palette.PLAIN, 100, cells)).contains("\\x1B[2J").contains("\\x9B31m").contains("\\x202Etxt")
                    .matches(text -> text.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c) && c != '\u202E'));
        }
    }

    @Test
    void aThousandCellsFitOnTwoScreensOfAHundredColumns() {
        String table = new GridTable(Palette.PLAIN, 100).render(Samples.summaries(1000, 40));

        assertThat(table.lines()).hasSizeLessThanOrEqualTo(100).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(table.lines().filter(line -> line.endsWith("cells"))).hasSize(2).allMatch(line -> line.startsWith("contract (MODEL), "));
        assertThat(table).contains("EfiReservedMemoryType").contains("a MmAllocateMdlForIoSpace.cached")
                .contains("F FAIL (not as promised)");
    }

    @Test
    void tenThousandCellsDoTheSame() {
        List<CellSummary> cells = Samples.summaries(10_000, 40);

        assertThat(new GridTable(Palette.PLAIN, 100).render(cells).lines()).hasSizeLessThanOrEqualTo(100)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void aSquareOfSeveralCellsShowsTheWorstAndHowManyThereAre() {
        assertThat(square(Mark.PASS)).isEqualTo(".");
        assertThat(square(Mark.PASS, Mark.PASS, Mark.PASS)).isEqualTo(".3");
        assertThat(square(Mark.PASS, Mark.FAIL, Mark.OBSERVED, Mark.FAIL, Mark.FLAKY)).isEqualTo("F2/5");
        assertThat(square(Mark.OBSERVED, Mark.FLAKY)).isEqualTo("~1/2");
    }

    @Test
    void manyFailuresAreCutAndTheRestCounted() {
        String table = render(Palette.PLAIN, 100, Samples.summaries(100, 2));

        assertThat(table.lines().filter(line -> line.startsWith("FAIL "))).hasSize(20);
        assertThat(table).contains("… and 30 more FAIL in results.json");
    }

    private static String square(Mark... marks) {
        Square square = new Square();
        Stream.of(marks).forEach(square::add);
        return square.text();
    }

    private static String table(int width, CellResult... results) {
        return new ResultTable(Palette.PLAIN, width, "./holdfast replay").render(List.of(results));
    }

    private static String render(Palette palette, int width, List<CellSummary> cells) {
        return new ResultTable(palette, width, "./holdfast replay").render(Collections.unmodifiableCollection(cells));
    }
}
