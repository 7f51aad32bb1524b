// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdict;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {

    private static final Observation BUG_CHECKED = Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100).observation();

    private static final Predicate<String> EVERY = id -> true;

    @TempDir
    private Path folder;

    @Test
    void cellsAreSortedByWhatBecameOfThem() throws IOException {
        Baseline baseline = baseline(Samples.thread(0, Samples.KEPT), Samples.thread(1, Samples.KEPT), Samples.thread(2, Samples.KEPT),
                Samples.thread(5, Samples.KEPT), Samples.thread(6, Samples.KEPT));

        Comparison comparison = baseline.compare(summaries(Samples.thread(0, BUG_CHECKED), Samples.thread(1, BUG_CHECKED),
                Samples.thread(2, Samples.KEPT), Samples.thread(5, BUG_CHECKED), Samples.thread(7, Samples.KEPT)), EVERY);

        assertThat(ids(comparison.newlyFailing())).containsExactly(id(0));
        assertThat(ids(comparison.newlyPassing())).containsExactly(id(1));
        assertThat(ids(comparison.changed())).containsExactly(id(5));
        assertThat(ids(comparison.gone())).containsExactly(id(6));
        assertThat(ids(comparison.added())).containsExactly(id(7));
        assertThat(comparison.regressed()).isTrue();
        assertThat(comparison.render(1000)).startsWith("against the baseline: 1 newly failing, 1 newly passing, 1 changed, 1 gone, 1 new\n")
                .contains("newly failing: " + id(0) + " (MODEL)")
                .contains("bugcheck 0xC4 (0x83, block, 0x10000, block's page frame), was none");
    }

    @Test
    void whatFailsInBothIsNoRegressionAndWhatFailsAndIsNewIs() throws IOException {
        Baseline baseline = baseline(Samples.thread(1, Samples.KEPT));

        assertThat(baseline.compare(summaries(Samples.thread(1, Samples.KEPT)), EVERY).regressed()).isFalse();
        assertThat(baseline.compare(summaries(Samples.thread(1, Samples.KEPT), Samples.thread(0, BUG_CHECKED)), EVERY).regressed()).isTrue();
        assertThat(baseline.compare(List.of(), EVERY).regressed()).isFalse();
    }

    @Test
    void aCellThatWasNotAskedForIsNotGone() throws IOException {
        Baseline baseline = baseline(Samples.thread(0, Samples.KEPT), Samples.thread(1, Samples.KEPT), Samples.thread(2, Samples.KEPT));

        Comparison comparison = baseline.compare(summaries(Samples.thread(0, Samples.KEPT)), id(2)::equals);

        assertThat(ids(comparison.gone())).containsExactly(id(2));
    }

    @Test
    void twoRunsOfTheSameShowNoDifferenceWhateverVariesByNature() throws IOException {
        Cell anywhere = new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, new Placement.Any(), 16), Locating.THREAD,
                Mapping.cached(MapApi.MM_MAP_IO_SPACE), VerifierFlags.STANDARD);
        Verdict verdict = new Verdict(Outcome.PASS, "as it was at some address");
        Observation here = Observations.bugCheck(0x50, 0xFFFF_8000_1234_5000L, 0x100000, 0x10, 0x100).observation();
        Observation there = elsewhere(
                Observations.bugCheck(0x50, 0xFFFF_A000_0000_0000L, 0x7E000000, 0x10, 0x7E000).observation(), 0x7E000000);
        Baseline baseline = baseline(Samples.result(anywhere, here, verdict));

        CellResult now = Samples.result(anywhere, there, new Verdict(Outcome.PASS, "elsewhere"));

        assertThat(baseline.compare(summaries(now), EVERY).changed()).isEmpty();
    }

    @Test
    void aBlockThatMovedIsADifferenceWhereThePlacementSaysWhereItMayLie() throws IOException {
        Baseline baseline = baseline(Samples.thread(0, Samples.KEPT));

        Comparison comparison = baseline.compare(summaries(Samples.result(Samples.thread(0, Samples.KEPT).cell(),
                elsewhere(Samples.KEPT, 0x200000), new Verdict(Outcome.PASS, "moved"))), EVERY);

        assertThat(comparison.changed()).singleElement().extracting(Comparison.Change::words)
                .isEqualTo("reservedAt 0x200000, was 0x100000");
    }

    @Test
    void aFileThatIsNoResultsFileIsSaidInOneSentence() throws IOException {
        assertNoResults("", "it holds no JSON object");
        assertNoResults("banana", "Unrecognized token 'banana'");
        assertNoResults("[]", "it holds no JSON object");
        assertNoResults("{}", "it names no schema holdfast/results/1 with cells");
        assertNoResults("{\"schema\":\"holdfast/results/2\",\"cells\":[]}", "its schema is not holdfast/results/1");
        assertNoResults("{\"schema\":\"holdfast/results/1\",\"cells\":[{}]}", "a cell has no id");
        assertNoResults("{\"schema\":\"holdfast/results/1\",\"cells\":[{\"id\":\"a\",\"verdict\":\"\\u001B[2J\"}]}", "verdict is none of");
        assertNoResults("{\"schema\":\"holdfast/results/1\",\"cells\":[{\"id\":\"a\"", "Unexpected end-of-input");
        assertNoResults("{\"schema\":\"holdfast/results/1\",\"cells\":[" + "[".repeat(100_000), "nesting depth");
        assertNoResults("{\"schema\":\"holdfast/results/1\",\"cells\":[{\"id\":[" + "1,".repeat(2_000_000) + "1]}]}",
                "a cell is longer than 1048576 bytes");
        assertThatThrownBy(() -> Baseline.read(folder)).isInstanceOf(EnvironmentFault.class).hasMessageContaining("it is a folder");
        assertThatThrownBy(() -> Baseline.read(folder.resolve("gone"))).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining("there is no such file");
    }

    private void assertNoResults(String text, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("baseline.json"), text);
        assertThatThrownBy(() -> Baseline.read(file)).isInstanceOf(EnvironmentFault.class)
                .hasMessageStartingWith(file + " is no results file: ")
                .hasMessageContaining(why).hasMessageNotContaining("\u001B").hasMessageNotContaining("\n");
    }

    private static Observation elsewhere(Observation o, long at) {
        return new Observation(o.end(), o.problems(), o.reserveStatus(), Optional.of(at), o.failure(), o.signatureStatus(),
                o.entryStatus(), o.unloaded(), Optional.of(at), o.locateStatus(), o.locateStep(), o.mapStatus(), o.mapStep(), o.driver(), o.host(), o.violations(),
                o.bugCheck(), o.driverBugCheck(), o.probe(), o.model(), o.decided(), o.kernel());
    }

    private Baseline baseline(CellResult... results) throws IOException {
        try (Results file = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            for (CellResult result : results) {
                file.add(0, result, List.of());
            }
        }
        return Baseline.read(folder.resolve("results.json"));
    }

    private static List<CellSummary> summaries(CellResult... results) {
        return Arrays.stream(results).map(Samples::summary).toList();
    }

    private static Stream<String> ids(List<Comparison.Change> changes) {
        return changes.stream().map(Comparison.Change::id);
    }

    private static String id(int index) {
        return Samples.thread(index, Samples.KEPT).cell().id();
    }
}
