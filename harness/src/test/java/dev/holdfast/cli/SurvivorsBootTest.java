// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.guest.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that the harness starts lives longer than it. The machines here find nothing to boot, and would wait for ever. */
@Tag("boot")
@Timeout(90)
class SurvivorsBootTest {

    @TempDir
    private Path folder;

    @Test
    void noQemuOutlivesAHarnessThatIsKilledInMidBoot() throws Exception {
        Process harness = startInMidBoot();
        List<ProcessHandle> children = harness.descendants().toList();
        assertThat(children).isNotEmpty();

        harness.destroyForcibly();

        await().atMost(Duration.ofSeconds(2)).until(() -> children.stream().noneMatch(SurvivorsBootTest::runs));
    }

    @Test
    void aHarnessThatIsInterruptedLeavesNoProcessAndWholeResults() throws Exception {
        Process harness = startInMidBoot();
        List<ProcessHandle> children = harness.descendants().toList();

        harness.destroy();

        await().atMost(Duration.ofSeconds(3)).until(() -> !harness.isAlive());
        assertThat(children).isNotEmpty().noneMatch(SurvivorsBootTest::runs);
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
        assertThat(Files.readString(folder.resolve("out/results.json"))).startsWith("{").endsWith("}\n")
                .contains("\"asked\":8,\"cells\":0");
        assertThat(folder.resolve("log")).content()
                .contains("holdfast: interrupted after 0 of 8 cells; the same command with --resume carries on");
    }

    /** A process that has ended stays in the table as Z until init has asked for it, which may take its time in a container. */
    static boolean runs(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private Process startInMidBoot() throws IOException {
        Path home = folder.resolve("home");
        for (Path file : new Artefacts(home).needed()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "nothing that boots");
        }
        Path tmp = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder = Cli.start(Map.of("TMPDIR", tmp.toString()),
                "run", "--cold", "--jobs", "1", "--out", folder.resolve("out").toString());
        builder.command().replaceAll(word -> word.startsWith("-Dholdfast.home=") ? "-Dholdfast.home=" + home : word);
        Process harness = builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        await().atMost(Duration.ofSeconds(30)).until(() -> harness.descendants()
                .anyMatch(child -> child.info().commandLine().orElse("").contains("opt/dev.holdfast/plan")));
        return harness;
    }
}
