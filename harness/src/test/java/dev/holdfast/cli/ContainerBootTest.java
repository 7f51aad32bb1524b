// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.guest.Artefacts;
import dev.holdfast.machine.container.Docker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine in a container shows what one on this computer shows, and goes with the harness. */
@Tag("boot")
@Tag("docker")
@Timeout(180)
class ContainerBootTest {

    private static final Path PROCMUX = Path.of("vm-images/target/runner/procmux");
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private static Docker docker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void lookForDocker() {
        docker = Docker.assumed();
    }

    @Test
    void forksShowTheSameAsLocalOnes() throws IOException {
        Map<String, JsonNode> local = run("local");
        Map<String, JsonNode> contained = run("container", "--machine", "container");

        assertThat(local).hasSize(8);
        assertThat(contained).isEqualTo(local);
        await().atMost(SECONDS).until(() -> docker.of(ProcessHandle.current().pid()).isEmpty());
    }

    @Test
    void bootsFromResetShowTheSameAsLocalOnes() throws IOException {
        String[] sample = {"--cold", "--jobs", "1", "--filter", "*/MmMapIoSpace.cached/*verifier"};
        Map<String, JsonNode> local = run("local", sample);
        Map<String, JsonNode> contained = run("container", "--cold", "--jobs", "1", "--filter", sample[4], "--machine", "container");

        assertThat(local).hasSizeGreaterThanOrEqualTo(4);
        assertThat(contained).isEqualTo(local);
    }

    @Test
    void aCellIsReplayedThere() throws IOException {
        Cli cli = Cli.run("replay", "--machine", "container", "--display", "--sabotage", "flip-byte", "--out", folder.toString(),
                "contract/EfiReservedMemoryType@first-free/scan/MmAllocateMdlForIoSpace.cached/verifier");

        assertThat(cli.status()).isEqualTo(ExitStatus.BROKEN_PROMISE);
        assertThat(cli.out()).contains("in a container of holdfast-runner (qemu-system-x86 ", "-chardev stdio,id=qmp",
                "the driver sees 15 of 16 pages intact", "the host sees 15 of 16 pages intact",
                "./holdfast replay --sabotage flip-byte --machine container contract/");
        assertThat(folder).isDirectoryRecursivelyContaining("glob:**/screen.png");
        assertThat(folder).isDirectoryRecursivelyContaining("glob:**/block.bin");
    }

    @Test
    void itHasNothingOfThisComputerAndNoPrivileges() throws Exception {
        Process harness = startThatNeverEnds();
        String container = containerOf(harness);

        assertThat(docker.mountsOf(container)).isEmpty();
        assertThat(docker.userOf(container)).isEqualTo("65534:65534");
        harness.destroyForcibly().waitFor();
    }

    @Test
    void aContainerThatIsKilledInMidBootIsNoCellsFault() throws Exception {
        Path out = folder.resolve("out");
        Process harness = start(System.getProperty("holdfast.home"), "run", "types-by-mapping", "--machine", "container", "--jobs", "1",
                "--out", out.toString());
        await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(out.resolve("results.jsonl"))
                && Files.readAllLines(out.resolve("results.jsonl")).size() > 4);

        docker.kill(containerOf(harness));

        assertThat(harness.waitFor()).isEqualTo(ExitStatus.ENVIRONMENT);
        assertThat(complaints()).last().asString().matches("holdfast: the container [0-9a-f]{12} in which the machines ran has gone: it, its "
                + "memory or the Docker daemon was taken away from outside; see to that \\(docker events says what happened\\) and carry on "
                + "with --resume");
        JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
        assertThat(results.path("cells")).hasSizeGreaterThan(2).allMatch(cell -> !cell.path("verdict").asText().equals("fail"));
    }

    @Test
    void noContainerOutlivesAHarnessThatIsKilled() throws Exception {
        Process harness = startThatNeverEnds();
        String container = containerOf(harness);
        assertThat(docker.programsIn(container)).anyMatch(program -> program.contains("qemu-system"));

        harness.destroyForcibly().waitFor();

        await().atMost(SECONDS).until(() -> docker.of(harness.pid()).isEmpty());
    }

    @Test
    void noContainerOutlivesAHarnessThatIsInterrupted() throws Exception {
        Process harness = startThatNeverEnds();
        containerOf(harness);

        harness.destroy();

        assertThat(harness.waitFor()).isEqualTo(143);
        await().atMost(SECONDS).until(() -> docker.of(harness.pid()).isEmpty());
        assertThat(complaints()).containsExactly("holdfast: interrupted after 0 of 8 cells; the same command with --resume carries on");
        assertThat(Files.readString(folder.resolve("out/results.json"))).contains("\"asked\":8,\"cells\":0");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void whatADeadHarnessLeftIsRemoved() {
        docker.abandon();

        Cli cli = Cli.run("run", "--machine", "container", "--filter", "*/MmMapIoSpace.cached/no-verifier", "--out", folder.toString());

        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(docker.of(0)).isEmpty();
    }

    /** What each cell observed and what was made of it, by id; times and nonces aside, all of it. */
    private Map<String, JsonNode> run(String machine, String... options) throws IOException {
        Path out = folder.resolve(machine);
        List<String> arguments = new ArrayList<>(List.of("run", "osr-thread", "--out=" + out));
        arguments.addAll(List.of(options));
        Cli cli = Cli.run(arguments.toArray(String[]::new));
        assertThat(cli.status()).as(cli.out() + cli.err()).isZero();
        JsonNode results = new ObjectMapper().readTree(out.resolve("results.json").toFile());
        assertThat(results.path("run").path("machine").asText()).isEqualTo(machine);
        Map<String, JsonNode> cells = new TreeMap<>();
        for (JsonNode cell : results.path("cells")) {
            ObjectNode shown = ((ObjectNode) cell).deepCopy();
            shown.remove(List.of("nonce", "millis"));
            cells.put(cell.path("id").asText(), shown);
        }
        return cells;
    }

    /** A harness whose machines find nothing to boot, and one of them under way. */
    private Process startThatNeverEnds() throws IOException {
        Path home = folder.resolve("home");
        for (Path file : new Artefacts(home).needed()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "nothing that boots");
        }
        Files.createDirectories(home.resolve(PROCMUX).getParent());
        Files.copy(Path.of(System.getProperty("holdfast.home")).resolve(PROCMUX), home.resolve(PROCMUX));
        Process harness = start(home.toString(), "run", "--cold", "--machine", "container", "--jobs", "1", "--out",
                folder.resolve("out").toString());
        await().atMost(Duration.ofSeconds(60)).until(() -> docker.of(harness.pid()).stream()
                .anyMatch(container -> docker.programsIn(container).stream().anyMatch(program -> program.contains("opt/dev.holdfast/plan"))));
        return harness;
    }

    private Process start(String home, String... arguments) throws IOException {
        Path tmp = Files.createDirectory(folder.resolve("tmp"));
        ProcessBuilder builder = Cli.start(Map.of("TMPDIR", tmp.toString()), arguments);
        builder.command().replaceAll(word -> word.startsWith("-Dholdfast.home=") ? "-Dholdfast.home=" + home : word);
        return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    }

    private String containerOf(Process harness) {
        return await().atMost(SECONDS).until(() -> docker.of(harness.pid()), found -> found.size() == 1).get(0);
    }

    private List<String> complaints() throws IOException {
        return Files.readAllLines(folder.resolve("log")).stream().filter(line -> line.startsWith("holdfast: ")).toList();
    }
}
