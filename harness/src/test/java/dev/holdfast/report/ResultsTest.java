// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    @TempDir
    private Path folder;

    @Test
    void theFileHasTheSchemasMembersAndHexStrings() throws IOException {
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            results.add(0, Samples.thread(0, Samples.KEPT), List.of());
            results.add(1, Samples.thread(1, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100).observation()), List.of());
        }
        JsonNode json = read();

        assertThat(json.path("schema").asText()).isEqualTo("holdfast/results/1");
        assertThat(json.path("run").fieldNames()).toIterable()
                .containsExactly("id", "started", "host", "qemu", "firmware", "accelerator", "machine", "holdfast", "release");
        JsonNode cell = json.path("cells").path(0);
        assertThat(cell.fieldNames()).toIterable().containsExactly("id", "place", "guest", "model", "reservation", "locating", "mapping", "verifier",
                "probe", "reading", "version", "pressure", "reboot", "nonce", "boot", "promise", "observed", "verdict", "reason",
                "millis", "folder", "attempts", "flaky", "earlier");
        assertThat(cell.path("model").asBoolean()).isTrue();
        assertThat(cell.path("observed").path("reservedAt").asText()).isEqualTo("0x100000");
        assertThat(cell.path("observed").path("host").toString()).isEqualTo("{\"pagesIntact\":16,\"pages\":16}");
        JsonNode bugCheck = json.path("cells").path(1).path("observed").path("bugcheck");
        assertThat(bugCheck.toString()).isEqualTo("{\"code\":\"0xC4\",\"parameters\":[\"0x83\",\"0x100000\",\"0x10000\",\"0x100\"]}");
        assertThat(json.path("summary").toString())
                .isEqualTo("{\"asked\":8,\"cells\":2,\"pass\":2,\"fail\":0,\"observed\":0,\"flaky\":0,\"millis\":2468}");
    }

    @Test
    void aCellThatPassesOnASecondTryIsFlakyAndKeepsTheFirst() throws IOException {
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            CellSummary cell = results.add(0, Samples.thread(0, Samples.KEPT), List.of(Samples.saying(0, Outcome.FAIL, "no end")))
                    .orElseThrow();

            assertThat(cell.flaky()).isTrue();
            assertThat(cell.attempts()).isEqualTo(2);
            assertThat(results.totals().flaky()).isEqualTo(1);
            assertThat(results.totals().of(Outcome.PASS)).isEqualTo(1);
        }
        JsonNode cell = read().path("cells").path(0);

        assertThat(cell.path("verdict").asText()).isEqualTo("pass");
        assertThat(cell.path("flaky").asBoolean()).isTrue();
        assertThat(cell.path("attempts").asInt()).isEqualTo(2);
        assertThat(cell.path("earlier").path(0).path("reason").asText()).isEqualTo("no end");
        assertThat(cell.path("earlier").path(0).path("folder").asText()).isEqualTo("out/cells/x");
        assertThat(read().path("summary").path("flaky").asInt()).isEqualTo(1);
    }

    @Test
    void aResultIsThereAndReadableWhileTheRunGoesOn() throws IOException {
        Files.writeString(folder.resolve("results.json"), "an earlier run's");
        Files.writeString(folder.resolve("junit.xml"), "an earlier run's");
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            assertThat(read().path("cells")).isEmpty();
            assertThat(folder.resolve("junit.xml")).doesNotExist();
            results.add(0, Samples.thread(0, Samples.KEPT), List.of());
            assertThat(Files.readAllLines(folder.resolve("results.jsonl"))).hasSize(2);
        }
        assertThat(read().path("cells")).hasSize(1);
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder(".lock", "results.json", "results.jsonl");
        }
    }

    @Test
    void aRunThatIsCarriedOnHasTheCellsOfBothPartsAndTheFirstPartsIdentity() throws IOException {
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            results.add(0, Samples.thread(0, Samples.KEPT), List.of());
        }
        try (Results results = Results.resume(folder, Samples.run("run-2"), Samples.ASKED)) {
            assertThat(results.done()).containsExactly(Samples.thread(0, Samples.KEPT).cell().id());
            assertThat(results.run()).isEqualTo(Samples.RUN);
            assertThat(results.totals().cells()).isEqualTo(1);
            results.add(1, Samples.thread(1, Samples.KEPT), List.of());
            assertThat(results.cells()).hasSize(2);
        }
        assertThat(read().path("cells")).hasSize(2);
        assertThat(read().path("run").path("id").asText()).isEqualTo("run-1");
    }

    @Test
    void whereThereIsNothingToCarryOnARunStartsAnew() throws IOException {
        try (Results results = Results.resume(folder, Samples.RUN, Samples.ASKED)) {
            assertThat(results.done()).isEmpty();
        }
        Files.writeString(folder.resolve("results.jsonl"), "{\"run\":{\"id\":\"cut in the hea");
        try (Results results = Results.resume(folder, Samples.run("run-2"), Samples.ASKED)) {
            assertThat(results.run().id()).isEqualTo("run-2");
        }
    }

    @Test
    void aJournalThatIsCutAtAnyByteOfItsLastLineLosesThatLineAndNoOther() throws IOException {
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            results.add(0, Samples.thread(0, Samples.KEPT), List.of());
            results.add(1, Samples.thread(1, Samples.KEPT), List.of());
        }
        byte[] whole = Files.readAllBytes(folder.resolve("results.jsonl"));
        int lastLine = lineStart(whole, 2);
        for (int length = lastLine; length < whole.length; length++) {
            Files.write(folder.resolve("results.jsonl"), Arrays.copyOf(whole, length));
            try (Results results = Results.resume(folder, Samples.RUN, Samples.ASKED)) {
                assertThat(results.done()).as("cut at %d of %d", length, whole.length).hasSize(1);
            }
            assertThat(Files.size(folder.resolve("results.jsonl"))).isEqualTo(lastLine);
        }
        assertThat(read().path("cells")).hasSize(1);
    }

    private static int lineStart(byte[] text, int line) {
        int at = 0;
        for (int i = 0; i < line; i++) {
            while (text[at++] != '\n') {
                continue;
            }
        }
        return at;
    }

    @Test
    void anotherRunsJournalIsRefusedInOneSentenceAndLeftAlone() throws IOException {
        Results.start(folder, Samples.RUN, Samples.ASKED).close();
        byte[] journal = Files.readAllBytes(folder.resolve("results.jsonl"));

        assertRefused(new Asked("nightly", "", Samples.ASKED.identity(), 1000, "replay"), "osr-thread with 8 cells, now nightly with 1000 cells");
        assertRefused(new Asked("osr-thread", "", "QEMU 9", 8, "replay"), "on QEMU 7.2, OVMF, media 1234, now on QEMU 9");
        assertThat(folder.resolve("results.jsonl")).hasBinaryContent(journal);
    }

    @Test
    void aLineThatIsNoResultIsSaidWithItsNumber() throws IOException {
        for (String line : List.of("banana", "{\"id\":7}", "{\"id\":\"x\",\"verdict\":\"splendid\"}", "[".repeat(5000),
                "x".repeat(2_000_000),
                "{\"id\":\"x\",\"verdict\":\"pass\"} {}")) {
            Results.start(folder, Samples.RUN, Samples.ASKED).close();
            Files.writeString(folder.resolve("results.jsonl"), Files.readString(folder.resolve("results.jsonl")) + line + "\n");

            assertRefused(Samples.ASKED, "line 2 of");
        }
        Files.writeString(folder.resolve("results.jsonl"), "{\"schema\":\"holdfast/journal/99\"}\n");
        assertRefused(Samples.ASKED, "is no journal of this version's");
    }

    private void assertRefused(Asked asked, String words) {
        assertThatThrownBy(() -> Results.resume(folder, Samples.RUN, asked)).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining(words).hasMessageContaining("without --resume").hasMessageNotContaining("\n");
    }

    @Test
    void cellsStandInTheOrderInWhichTheyWereAskedForNowAndLater() {
        try (Results results = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            results.add(2, Samples.thread(2, Samples.KEPT), List.of());
            results.add(0, Samples.thread(0, Samples.KEPT), List.of());
            results.add(1, Samples.thread(1, Samples.KEPT), List.of());
            assertThat(results.cells()).extracting(CellSummary::place).containsExactly(0, 1, 2);
        }
        try (Results again = Results.again(folder)) {
            assertThat(again.cells()).extracting(CellSummary::place).containsExactly(0, 1, 2);
            assertThat(again.asked()).isEqualTo(Samples.ASKED);
            assertThat(again.run()).isEqualTo(Samples.RUN);
        }
    }

    @Test
    void twoRunsIntoOneFolderAreRefused() {
        try (Results first = Results.start(folder, Samples.RUN, Samples.ASKED)) {
            assertThatThrownBy(() -> Results.start(folder, Samples.RUN, Samples.ASKED)).isInstanceOf(EnvironmentFault.class)
                    .hasMessageContaining("another run is writing to " + folder).hasMessageContaining("--out");
            assertThat(first.totals().cells()).isZero();
        }
        Results.start(folder, Samples.RUN, Samples.ASKED).close();
    }

    @Test
    void aFolderThatCannotBeWrittenToIsSaid() {
        assertThatThrownBy(() -> Results.start(folder.resolve("not-there"), Samples.RUN, Samples.ASKED))
                .isInstanceOf(EnvironmentFault.class).hasMessageContaining("cannot be locked").hasMessageContaining("--out");
    }

    @Test
    void aFullDiskIsSaidOnceAndTheJournalStaysWhole() throws IOException {
        Results results = Results.start(folder, Samples.RUN, Samples.ASKED);
        results.add(0, Samples.thread(0, Samples.KEPT), List.of());
        Files.delete(folder.resolve("results.json"));
        Files.createDirectories(folder.resolve("results.json/in-the-way"));

        assertThatThrownBy(results::close).isInstanceOf(EnvironmentFault.class).hasMessageContaining("the results cannot be written to");
        try (var header = Files.lines(folder.resolve("results.jsonl"))) {
            assertThat(header).hasSize(2);
        }
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    }
}
