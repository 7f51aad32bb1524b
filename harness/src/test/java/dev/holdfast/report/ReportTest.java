// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdicts;
import dev.holdfast.wire.Nonce;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final RunInfo RUN = new RunInfo("id", Instant.EPOCH, "host", "7.2", "OVMF", "tcg", "local", "0.1.0");
    private static final CellResult PASSED = result(0, Observations.kept().observation());
    private static final CellResult FAILED = result(1, Observations.kept().observation());
    private static final CellResult BUG_CHECKED = result(1, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100).observation());

    @TempDir
    private Path folder;

    @Test
    void theResultsFileHasTheSchemasMembersAndHexStrings() throws IOException {
        try (ResultsFile file = new ResultsFile(folder, RUN)) {
            file.add(PASSED);
            file.add(BUG_CHECKED);
        }
        JsonNode json = read();

        assertThat(json.path("schema").asText()).isEqualTo("holdfast/results/1");
        assertThat(json.path("run").fieldNames()).toIterable()
                .containsExactly("id", "started", "host", "qemu", "firmware", "accelerator", "machine", "holdfast");
        JsonNode cell = json.path("cells").path(0);
        assertThat(cell.fieldNames()).toIterable().containsExactly("id", "guest", "model", "reservation", "locating", "mapping", "verifier",
                "nonce", "boot", "promise", "observed", "verdict", "reason", "millis");
        assertThat(cell.path("model").asBoolean()).isTrue();
        assertThat(cell.path("observed").path("reservedAt").asText()).isEqualTo("0x100000");
        assertThat(cell.path("observed").path("host").toString()).isEqualTo("{\"pagesIntact\":16,\"pages\":16}");
        JsonNode bugCheck = json.path("cells").path(1).path("observed").path("bugcheck");
        assertThat(bugCheck.toString()).isEqualTo("{\"code\":\"0xC4\",\"parameters\":[\"0x83\",\"0x100000\",\"0x10000\",\"0x100\"]}");
        assertThat(json.path("summary").toString()).isEqualTo("{\"cells\":2,\"pass\":2,\"fail\":0,\"observed\":0,\"millis\":2468}");
    }

    @Test
    void untilARunIsOverTheEarlierRunsResultsStand() throws IOException {
        Files.writeString(folder.resolve(ResultsFile.NAME), "earlier");
        ResultsFile file = new ResultsFile(folder, RUN);
        file.add(PASSED);
        assertThat(folder.resolve(ResultsFile.NAME)).hasContent("earlier");

        file.close();
        assertThat(read().path("cells")).hasSize(1);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve(ResultsFile.NAME));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsSaid() {
        assertThatThrownBy(() -> new ResultsFile(folder.resolve("not-there"), RUN)).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining("the results cannot be written to").hasMessageContaining("--out");
    }

    @Test
    void everyLineOfTheTableSaysThatAModelSpeaks() {
        String table = table(100, PASSED, BUG_CHECKED);

        assertThat(table.lines().filter(line -> line.contains("EfiReserved"))).hasSize(2).allMatch(line -> line.contains("MODEL"));
        assertThat(table).contains("kept").contains("0xC4/0x83").contains("pass").doesNotContain("\u001B");
    }

    @Test
    void theTableIsFoldedToTheTerminalAsFarAsItsColumnsAllow() {
        assertThat(table(140, PASSED, BUG_CHECKED).lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(140));
        assertThat(table(140, BUG_CHECKED).lines().count()).isGreaterThan(2);
    }

    @Test
    void aFailureSaysWhatWasSeenWhatWasPromisedAndHowToSeeItAgain() {
        String table = table(1000, FAILED);

        assertThat(table).contains("FAIL " + FAILED.cell().id())
                .contains("seen: no bug check (mapped), expected bug check 0xC4 (0x83")
                .contains("promised: 0xC4/0x83 (windows-driver-docs")
                .contains("kept in: out/cells/x")
                .contains("again: ./holdfast replay " + FAILED.cell().id());
    }

    @Test
    void coloursAreThereOnlyWhereTheyAreWanted() {
        assertThat(new ResultTable(Palette.COLOURED, 100, "r").render(List.of(FAILED))).contains("\u001B[31mFAIL\u001B[0m");
        assertThat(new ResultTable(Palette.PLAIN, 100, "r").render(List.of(FAILED))).doesNotContain("\u001B");
    }

    private static String table(int width, CellResult... results) {
        return new ResultTable(Palette.PLAIN, width, "./holdfast replay").render(List.of(results));
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(folder.resolve(ResultsFile.NAME).toFile());
    }

    private static CellResult result(int index, Observation observed) {
        Cell cell = Scenarios.OSR_THREAD.cells().get(index);
        return new CellResult(cell, PromiseTable.of(cell), Nonce.fresh(), "cold", observed,
                Verdicts.judge(cell, PromiseTable.of(cell), observed), 1234, Path.of("out/cells/x"), List.of("qemu"));
    }
}
