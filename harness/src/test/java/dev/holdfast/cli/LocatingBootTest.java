// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block that nobody scans for, for real. */
@Tag("boot")
class LocatingBootTest {

    @TempDir
    private static Path folder;
    private static Cli cli;
    private static JsonNode results;

    @BeforeAll
    static void run() throws IOException {
        cli = Cli.run("run", "locating", "--filter", "*@any/*MmAllocateMdl*/no-verifier", "--out", folder.toString());
        results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "acpi-table"})
    void aBlockThatLiesAnywhereIsFoundWhereItIsPublished(String locating) {
        JsonNode cell = cell("contract/EfiReservedMemoryType@any/" + locating + "/MmAllocateMdlForIoSpace.cached/no-verifier");

        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        assertThat(cell.path("verdict").asText()).isEqualTo("pass");
        assertThat(cell.path("observed").path("locatedAt").asText()).startsWith("0x").isEqualTo(
                cell.path("observed").path("reservedAt").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"variable", "acpi-table"})
    void aPublishedPlaceIsNotTakenForTheBlockThatWasThere(String locating) {
        JsonNode cell = cell("contract/EfiLoaderData@any/" + locating + "/MmAllocateMdlForIoSpace.cached/no-verifier");

        assertThat(cell.path("observed").path("host").path("pagesIntact").asInt()).isZero();
        assertThat(cell.path("observed").path("locatedAt").isNull()).isTrue();
        assertThat(cell.path("observed").path("locateStatus").asText()).isEqualTo("0xC0000225");
    }

    @Test
    void aKernelWithoutTheRoutineIsNotAskedForAVariable() {
        Cell cell = Cell.named("contract/EfiReservedMemoryType@any/variable/MmAllocateMdlForIoSpace.cached/no-verifier").orElseThrow();
        try (GuestRuns run = new GuestRuns(folder, "nt/holdfast.sys")) {
            Frame said = run.of(cell, GuestOptions.USUAL.withVersion(ModelVersion.WINDOWS_7)).first("driver.not-located").orElseThrow();

            assertThat(said.number("status")).contains(0xC000007AL);
            assertThat(said.text("step")).contains("ExGetFirmwareEnvironmentVariable");
        }
    }

    /** Firmware puts a long block below all that it keeps at the top of a large machine. */
    @Test
    void aLongBlockThatLiesAnywhereInALargeMachineIsScannedFor(@TempDir Path out) {
        Cli placements = Cli.run("run", "placements", "--filter", "*@any,16384p/scan/*/512M", "--out", out.toString());

        assertThat(placements.status()).as(placements.out() + placements.err()).isZero();
        assertThat(placements.out()).contains("1 cell: 1 as promised");
    }

    private static JsonNode cell(String id) {
        for (JsonNode cell : results.path("cells")) {
            if (cell.path("id").asText().equals(id)) {
                return cell;
            }
        }
        throw new AssertionError("no cell " + id);
    }
}
