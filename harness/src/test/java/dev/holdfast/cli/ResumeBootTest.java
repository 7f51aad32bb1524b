// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The forum thread, cut in the middle for real and carried on. */
@Tag("boot")
@Timeout(90)
class ResumeBootTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasBootedBeforeTheHarnessWasKilledIsNotBootedAgain() throws Exception {
        Process cut = Cli.start(Map.of(), "run", "--jobs", "1", "--out", folder.toString()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile()).start();
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2)).until(() -> journal().size() >= 3);
        List<ProcessHandle> machines = cut.descendants().toList();
        cut.destroyForcibly().waitFor();
        List<String> before = journal();
        assertThat(before.size()).as("lines by then; the header is one").isBetween(3, 8);
        await().atMost(Duration.ofSeconds(2)).until(() -> machines.stream().noneMatch(SurvivorsBootTest::runs));

        Cli resumed = Cli.run("run", "--resume", "--out", folder.toString());

        assertThat(resumed.status()).as(resumed.out() + resumed.err()).isZero();
        assertThat(resumed.out()).contains("8 cells: 5 as promised, 0 not, 3 observed where nothing is promised");
        Map<String, String> nonces = nonces();
        assertThat(nonces).hasSize(8);
        for (String line : before.subList(1, before.size())) {
            JsonNode cell = new ObjectMapper().readTree(line);
            assertThat(nonces).containsEntry(cell.path("id").asText(), cell.path("nonce").asText());
        }
    }

    @Test
    void resultsOfOtherMediaAreNotCarriedOn() throws Exception {
        assertThat(Cli.run("run", "--filter", "*EfiLoaderData*", "--out", folder.toString()).status()).isZero();

        Cli other = Cli.run("run", "--filter", "*EfiLoaderData*", "--sabotage", "flip-byte", "--resume", "--out", folder.toString());

        assertThat(other.status()).isEqualTo(3);
        assertThat(other.err()).contains("are another run's").contains("run without --resume to start over");
    }

    @Test
    void aFailureIsShownWithTheCommandThatRepeatsItWithTheSameSabotage() throws Exception {
        Cli failed = Cli.run("run", "--filter", "*/MmAllocateMdlForIoSpace.cached/*", "--sabotage", "flip-byte", "--retries", "1", "--out",
                folder.toString());

        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.out()).contains("./holdfast replay --sabotage flip-byte contract/");
        assertThat(folder.resolve("cells/contract_EfiReservedMemoryType@first-free_scan_MmAllocateMdlForIoSpace.cached_verifier.try1")
                .resolve("block.bin")).isNotEmptyFile();
    }

    /** The whole lines of the journal. */
    private List<String> journal() throws IOException {
        Path file = folder.resolve("results.jsonl");
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private Map<String, String> nonces() throws IOException {
        Map<String, String> nonces = new LinkedHashMap<>();
        for (JsonNode cell : new ObjectMapper().readTree(folder.resolve("results.json").toFile()).path("cells")) {
            assertThat(nonces.put(cell.path("id").asText(), cell.path("nonce").asText())).isNull();
        }
        return nonces;
    }
}
