// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody sets the clock, by hours and in both directions, while real machines run; theirs is set with it. */
@Tag("boot")
@Timeout(400)
class ClockBootTest {

    @TempDir
    private Path folder;
    private FakeClock clock;
    private Map<String, String> environment;

    @BeforeEach
    void wind() throws IOException {
        clock = new FakeClock(folder);
        environment = new HashMap<>(clock.environment());
        environment.put("XDG_DATA_HOME", folder.resolve("data").toString());
    }

    @Test
    void neitherVerdictsNorDurationsNorResumingNorTheHistoryDependOnIt() throws Exception {
        clock.set(2);
        Process cut = start("--jobs", "1", "--filter", "*/no-verifier");
        awaitCells(1);
        clock.set(3);
        awaitCells(2);
        cut.destroyForcibly().waitFor();
        clock.set(-5);
        Process resumed = start("--jobs", "1", "--filter", "*/no-verifier", "--resume");
        awaitCells(3);
        clock.set(1);

        assertThat(resumed.waitFor()).as(log()).isZero();
        assertThat(log()).contains("4 cells: 1 as promised, 0 not, 3 observed");
        JsonNode results = new ObjectMapper().readTree(folder.resolve("out/results.json").toFile());
        assertThat(results.path("cells")).hasSize(4).allMatch(cell -> cell.path("millis").asLong() > 0)
                .allMatch(cell -> cell.path("millis").asLong() < 60_000);

        clock.set(-48);
        assertThat(start("--filter", "*EfiLoaderData*").waitFor()).as(log()).isZero();
        Cli history = Cli.runWith(environment, "history", "*EfiLoaderData*");
        assertThat(history.status()).as(history.err()).isZero();
        assertThat(history.out()).contains("run 1  ").contains("run 2  ").contains("  oo  contract/EfiLoaderData");
    }

    @Test
    void aGuestThatHangsIsGivenUpWhenItsTimeIsUpAndNotBefore() throws Exception {
        long start = System.nanoTime();
        Process hanging = start("--sabotage", "hang", "--timeout", "10", "--filter", "*EfiLoaderData*");
        await().atMost(Duration.ofSeconds(60)).until(() -> log().contains("sabotaged on purpose"));
        clock.set(1);
        Thread.sleep(1000);
        clock.set(-1);

        assertThat(hanging.waitFor()).as(log()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(380));
        assertThat(log()).contains("10 s");
    }

    private Process start(String... options) throws IOException {
        String[] line = new String[3 + options.length];
        System.arraycopy(new String[] {"run", "--out", folder.resolve("out").toString()}, 0, line, 0, 3);
        System.arraycopy(options, 0, line, 3, options.length);
        return Cli.start(environment, line).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private void awaitCells(int cells) {
        Path journal = folder.resolve("out/results.jsonl");
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(2)).until(() -> Files.exists(journal)
                && Files.readString(journal).chars().filter(c -> c == '\n').count() > cells);
    }
}
