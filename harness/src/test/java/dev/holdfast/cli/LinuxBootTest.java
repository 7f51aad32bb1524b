// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.guest.Artefacts;
import dev.holdfast.guest.Guest;
import dev.holdfast.guest.Home;
import dev.holdfast.guest.LinuxGuest;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.run.Batch;
import dev.holdfast.run.BatchRunner;
import dev.holdfast.run.BootEnd;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Lab;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.GuestProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's kernel, for real: a few of the cells that {@code linux-thread} and {@code types-by-os} have. */
@Tag("boot")
class LinuxBootTest {

    @TempDir
    private static Path folder;
    private static Cli cli;
    private static JsonNode results;

    @BeforeAll
    static void run() throws IOException {
        Path matrix = Files.writeString(folder.resolve("sample.yaml"), """
                matrix: sample
                include:
                - {guest: linux, mapping: [memremap.cached, ioremap.noncached, devmem-read.cached]}
                - {guest: linux, type: [EfiLoaderData, unreserved], mapping: [memremap.cached, ioremap.noncached, devmem-read.cached]}
                """);
        cli = Cli.run("run", matrix.toString(), "--out", folder.resolve("out").toString());
        results = new ObjectMapper().readTree(folder.resolve("out/results.json").toFile());
    }

    @Test
    void reservedMemoryIsKeptUnderPressureAndMayBeMapped() {
        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        for (String mapping : List.of("memremap.cached", "ioremap.noncached", "devmem-read.cached")) {
            JsonNode cell = cell("EfiReservedMemoryType", mapping);

            assertThat(cell.path("verdict").asText()).as(mapping).isEqualTo("pass");
            assertThat(cell.path("model").asBoolean()).isFalse();
            assertThat(cell.path("observed").path("driver").path("pagesIntact").asInt()).isEqualTo(16);
            assertThat(cell.path("observed").path("kernel").path("regions").findValuesAsText("name")).containsOnly("Reserved");
            assertThat(cell.path("observed").path("kernel").path("notes")).as("both channels spoke").isEmpty();
            assertThat(StreamSupport.stream(cell.path("observed").path("kernel").path("pressure").spliterator(), false)
                    .mapToLong(stage -> stage.path("bytes").asLong()).sum()).isGreaterThan(64L << 20);
        }
    }

    @Test
    void memoryThatAnOsMayTakeIsLostUnderPressure() {
        for (String type : List.of("EfiLoaderData", "unreserved")) {
            JsonNode observed = cell(type, "memremap.cached").path("observed");

            assertThat(observed.path("host").path("pagesIntact").asInt()).as(type).isZero();
            assertThat(observed.path("locatedAt").isNull()).isTrue();
            assertThat(observed.path("kernel").path("regions").findValuesAsText("name")).contains("System RAM");
        }
    }

    @Test
    void whatTheKernelRefusesIsToldInItsOwnWords() {
        JsonNode ioremap = cell("EfiLoaderData", "ioremap.noncached");

        assertThat(ioremap.path("observed").path("mapStatus").asText()).isEqualTo("0xC");
        assertThat(ioremap.path("reason").asText()).contains("the kernel complained during ioremap.noncached: \"ioremap on RAM at 0x");
        assertThat(cell("EfiLoaderData", "devmem-read.cached").path("reason").asText()).contains("read returned 0x1 (EPERM), quiet");
        assertThat(cell("EfiLoaderData", "memremap.cached").path("observed").path("kernel").path("complaints")).isEmpty();
    }

    @Test
    void aMappingThatKillsTheKernelIsAPanicOfItsOwnAndCostsTheOthersNothing() {
        List<Cell> cells = List.of(linux("EfiLoaderData", "ioremap.noncached"), linux("EfiLoaderData", "memremap.cached"));
        try (Lab lab = new Lab(new Panicking(new LinuxGuest(new Artefacts(Home.find()), Optional.empty())), Optional.empty(), false, false, notice -> { })) {
            List<CellResult> boots = new BatchRunner(batch -> lab.runner(new OutFolder(folder.resolve("panic")).cells()).run(batch, PromiseTable::of))
                    .apply(new Batch(cells));

            CellResult dead = boots.get(0);
            assertThat(dead.verdict().outcome()).isEqualTo(Outcome.FAIL);
            assertThat(dead.observed().end().kind()).isEqualTo(BootEnd.Kind.PANICKED);
            assertThat(dead.verdict().reason()).contains("Kernel panic - not syncing", "the last frame was driver.mapping");
            assertThat(dead.observed().kernel().log()).hasSizeLessThanOrEqualTo(50).anyMatch(line -> line.contains("Kernel panic"));
            assertThat(boots.get(1).verdict().outcome()).as(boots.get(1).verdict().reason()).isEqualTo(Outcome.OBSERVED);
            assertThat(boots.get(1).observed().end().proven()).isTrue();
        }
    }

    @Test
    void aModuleThatFlipsAByteAndSaysThatItLookedIsCaughtFromOutside() {
        Cli broken = Cli.run("run", "linux-thread", "--sabotage", "flip-byte", "--filter", "*Reserved*/memremap.cached/no-verifier",
                "--out", folder.resolve("broken").toString());

        assertThat(broken.status()).as(broken.out() + broken.err()).isEqualTo(1);
        assertThat(broken.out()).contains("the oracles disagree: the driver says 16 of 16 pages are intact, the host", "sees 15 of 16",
                "the kernel's log ends:");
    }

    private static JsonNode cell(String type, String mapping) {
        String id = linux(type, mapping).id();
        return StreamSupport.stream(results.path("cells").spliterator(), false).filter(cell -> cell.path("id").asText().equals(id)).findFirst()
                .orElseThrow();
    }

    private static Cell linux(String type, String mapping) {
        return Cell.named("linux/" + type + "@first-free/scan/" + mapping + "/no-verifier").orElseThrow();
    }

    /** A kernel that takes every warning for the end. */
    private static final class Panicking extends ChangedGuest {

        Panicking(Guest guest) {
            super(guest);
        }

        @Override
        public GuestProgram program() {
            GuestProgram program = super.program();
            return new GuestProgram(program.loader(), program.start(), program.options() + " panic_on_warn=1", program.initrd(), program.key(),
                    program.driver());
        }
    }
}
