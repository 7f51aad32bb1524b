// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Probe;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forum's other threads, for real, and what an older kernel does not have. */
@Tag("boot")
class ProbeBootTest {

    private static final String RESERVED = "contract/EfiReservedMemoryType@first-free/scan/";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"osr-forensics, 2, 0", "osr-growable, 4, 0", "osr-nonpaged, 3, 3"})
    void everyStepComesToWhatIsPromised(String scenario, int pass, int observed) throws IOException {
        Cli cli = Cli.run("run", scenario, "--out", folder.toString());
        JsonNode results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());

        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        assertThat(results.path("summary").path("pass").asInt()).isEqualTo(pass);
        assertThat(results.path("summary").path("observed").asInt()).isEqualTo(observed);
        for (JsonNode cell : results.path("cells")) {
            JsonNode seen = cell.path("observed");
            Probe probe = Probe.named(cell.path("probe").asText()).orElseThrow();
            assertThat(seen.path("probe").path("ended").asBoolean()).isEqualTo(seen.path("bugcheck").isNull());
            if (seen.path("bugcheck").isNull()) {
                assertThat(seen.path("probe").path("steps")).as(cell.path("id").asText()).hasSameSizeAs(probe.steps());
            }
            assertThat(seen.path("host").path("pagesIntact").asInt()).isEqualTo(16);
        }
    }

    @Test
    void aRegionCannotGrowOnAKernelThatDividesNoReservation() {
        Cell cell = Cell.named(RESERVED + "MmMapIoSpace.cached/no-verifier/osr-growable").orElseThrow();
        try (GuestRuns run = new GuestRuns(folder, "nt/holdfast.sys")) {
            Transcript said = run.of(cell, GuestOptions.USUAL.withTask("osr-growable").withVersion(ModelVersion.WINDOWS_10));
            Frame step = said.first("driver.probe").orElseThrow();

            assertThat(step.text("step")).contains("reserve");
            assertThat(step.text("outcome")).contains(Probe.Outcome.UNAVAILABLE.word());
            assertThat(said.first("driver.probe-end").flatMap(end -> end.number("steps"))).contains(1L);
        }
    }

    @Test
    void aTaskThatIsNoProbeIsNone() {
        Cell cell = Cell.named(RESERVED + "MmMapIoSpace.cached/no-verifier").orElseThrow();
        try (GuestRuns run = new GuestRuns(folder, "nt/holdfast.sys")) {
            Transcript said = run.of(cell, GuestOptions.USUAL.withTask("osr-growabl"));

            assertThat(said.all("driver.probe-end")).isEmpty();
            assertThat(said.first("driver.checked")).isPresent();
        }
    }

    /** What Windows 7 does not export the driver looks up, finds missing, and says; everything else works there. */
    @ParameterizedTest
    @ValueSource(strings = {"MmMapIoSpaceEx.cached-ro", "MmAllocateMdlForIoSpace.cached-ranges", "MmAllocateMappingAddress.cached",
            "MmAllocateMappingAddressEx.cached-divisible", "MmCopyMemory.cached", "MmMapIoSpace.cached", "ZwMapViewOfSection.cached-ro-share",
            "MmProbeAndLockPages.cached"})
    void onWindows7TheDriverLoadsAndSaysWhatIsNotThere(String mapping) {
        Cell cell = Cell.named(RESERVED + mapping + "/no-verifier").orElseThrow();
        boolean there = Mapping.TABLE.stream().filter(one -> one.label().equals(mapping)).findFirst().map(Mapping::api)
                .filter(api -> switch (api) {
                    case MM_MAP_IO_SPACE, PHYSICAL_MEMORY_SECTION, PROBE_AND_LOCK -> true;
                    default -> false;
                }).isPresent();
        try (GuestRuns run = new GuestRuns(folder, "nt/holdfast.sys")) {
            Transcript said = run.of(cell, GuestOptions.USUAL.withVersion(ModelVersion.WINDOWS_7));
            Optional<Frame> mapped = said.first("driver.mapped");

            assertThat(mapped.flatMap(frame -> frame.number("status"))).contains(there ? 0L : 0xC000007AL);
            assertThat(said.first("guest.unloaded")).isPresent();
        }
    }
}
