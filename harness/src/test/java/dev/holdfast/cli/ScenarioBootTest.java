// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forum thread from the first command to the last line, for real. */
@Tag("boot")
class ScenarioBootTest {

    private static final String RESERVED = "contract/EfiReservedMemoryType@first-free/scan/";

    @TempDir
    private static Path folder;
    private static Cli cli;
    private static JsonNode results;

    @BeforeAll
    static void run() throws IOException {
        cli = Cli.run("run", "osr-thread", "--out", folder.toString());
        results = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    }

    @Test
    void everyPromiseIsKept() {
        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        assertThat(results.path("summary").path("pass").asInt()).isEqualTo(5);
        assertThat(results.path("summary").path("observed").asInt()).isEqualTo(3);
        assertThat(results.path("summary").path("fail").asInt()).isZero();
    }

    @Test
    void theBlockSurvivesAndTheRemediesMapItInPeace() {
        for (String mapping : List.of("MmMapIoSpace.cached/no-verifier", "MmAllocateMdlForIoSpace.cached/verifier",
                "ZwMapViewOfSection.cached/verifier")) {
            JsonNode observed = cell(RESERVED + mapping).path("observed");

            assertThat(observed.path("driver").toString()).as(mapping).isEqualTo("{\"pagesIntact\":16,\"pages\":16}");
            assertThat(observed.path("host")).as(mapping).isEqualTo(observed.path("driver"));
            assertThat(observed.path("mapStatus").asText()).isEqualTo("0x0");
            assertThat(observed.path("violations")).isEmpty();
            assertThat(observed.path("bugcheck").isNull()).isTrue();
        }
    }

    @Test
    void mappingUnlockedPagesTripsVerifierWithTheBlocksOwnNumbers() {
        for (String mapping : List.of("MmMapIoSpace.cached/verifier", "MmProbeAndLockPages.cached/verifier")) {
            JsonNode observed = cell(RESERVED + mapping).path("observed");
            String at = observed.path("reservedAt").asText();
            String pfn = "0x" + Long.toHexString(Long.decode(at) >>> 12).toUpperCase();

            assertThat(observed.path("bugcheck").path("code").asText()).as(mapping).isEqualTo("0xC4");
            assertThat(observed.path("bugcheck").path("parameters")).extracting(JsonNode::asText)
                    .containsExactly("0x83", at, "0x10000", pfn);
            assertThat(observed.path("driverBugcheck").path("code").asText()).isEqualTo("0xC4");
            assertThat(observed.path("driverBugcheck").path("parameters")).isEqualTo(observed.path("bugcheck").path("parameters"));
            assertThat(observed.path("host").path("pagesIntact").asInt()).isEqualTo(16);
        }
    }

    @Test
    void whateverAnOsMayTakeIsTaken() {
        for (String type : List.of("EfiLoaderData", "EfiBootServicesData", "unreserved")) {
            JsonNode cell = cell("contract/" + type + "@first-free/scan/MmMapIoSpace.cached/no-verifier");

            assertThat(cell.path("verdict").asText()).isEqualTo("observed");
            assertThat(cell.path("observed").path("host").toString()).as(type).isEqualTo("{\"pagesIntact\":0,\"pages\":16}");
        }
    }

    @Test
    void everyBootProvedThatItEndedAndHadANonceOfItsOwn() {
        Map<String, String> nonces = new LinkedHashMap<>();
        for (JsonNode cell : results.path("cells")) {
            assertThat(cell.path("observed").path("ended").asBoolean()).isTrue();
            nonces.put(cell.path("nonce").asText(), cell.path("id").asText());
        }
        assertThat(nonces).hasSize(8);
    }

    @Test
    void everyCellHasItsRecordAndNoSoundBlockIsKept() throws IOException {
        try (Stream<Path> cells = Files.list(folder.resolve("cells"))) {
            assertThat(cells).hasSize(8).allSatisfy(cell -> {
                assertThat(cell.resolve("console.log")).exists();
                assertThat(Files.readString(cell.resolve("qemu.sh"))).contains("qemu-system-x86_64").contains("q35")
                        .contains("The harness started it like this");
                assertThat(cell.resolve("frames.txt")).isNotEmptyFile();
            });
        }
        assertThat(folder.resolve("cells/contract_EfiReservedMemoryType@first-free_scan_MmMapIoSpace.cached_no-verifier/block.bin"))
                .doesNotExist();
    }

    @Test
    void everyLineOfTheTableSaysThatAModelSpeaks() {
        assertThat(cli.out().lines().filter(line -> line.contains("@first-free "))).hasSize(8).allMatch(line -> line.contains("MODEL"));
    }

    @Test
    void theTableStandsInTheScenariosOrder() {
        List<String> asked = Cli.run("list", "cells", "osr-thread").out().lines().map(line -> line.split("\\s")[0]).toList();
        List<String> mappings = asked.stream().map(id -> id.split("/")[1] + " " + id.split("/")[3]).toList();

        assertThat(cli.out().lines().filter(line -> line.startsWith("contract (MODEL) "))
                .map(line -> line.split("\\s+")).map(words -> words[2] + " " + words[3])).containsExactlyElementsOf(mappings);
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
