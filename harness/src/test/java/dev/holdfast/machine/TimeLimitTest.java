// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.FakeClock;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class TimeLimitTest {

    @TempDir
    private Path folder;

    @Test
    void aProcessThatOutlivesItsTimeIsKilledAndOneThatDoesNotIsLeftAlone() throws Exception {
        Process late = new ProcessBuilder("sleep", "60").start();
        Process early = new ProcessBuilder("sleep", "0.1").start();
        new TimeLimit(Duration.ofMillis(500)).add(late);
        new TimeLimit(Duration.ofSeconds(60)).add(early);

        assertThat(late.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(late.exitValue()).isEqualTo(128 + 9);
        assertThat(early.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void aClockThatIsSetWhileAMachineRunsNeitherLengthensNorShortensItsLife(int hours) throws Exception {
        FakeClock clock = new FakeClock(folder);
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), OutlivedProcess.class.getName()).redirectErrorStream(true);
        builder.environment().putAll(clock.environment());
        Process process = builder.start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            clock.set(hours);

            assertThat(Long.parseLong(out.readLine())).as("milliseconds").isBetween(1900L, 20_000L);
            assertThat(Long.parseLong(out.readLine())).as("minutes by the clock of the day").isBetween(hours * 60L - 1, hours * 60L + 1);
        } finally {
            process.destroyForcibly();
        }
    }
}
