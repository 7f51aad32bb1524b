// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands in for QEMU: whatever the dynamic linker starts can be forked. */
@Timeout(60)
class ForkServerTest {

    static final Path LIBRARY = Path.of(System.getProperty("holdfast.home"), "harness/target/forkserver/libforkserver.so");
    static final Path SHELL = Path.of("/bin/sh");
    private static final Duration LIFETIME = Duration.ofSeconds(50);

    @TempDir
    private Path files;
    private Workspace workspace;
    private PreparedQemu prepared;
    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void open() {
        workspace = Workspace.open();
        prepared = prepared(LIBRARY);
    }

    @AfterEach
    void close() {
        prepared.close();
        workspace.close();
    }

    @Test
    void eachForkHasArgumentsAnInputAndAnEndOfItsOwn() throws Exception {
        Path first = Files.writeString(files.resolve("a"), "the first's");
        Path second = Files.writeString(files.resolve("b"), "the second's");
        HostProcess one = launch("cat <&9 >&2; echo; echo \"$LD_PRELOAD.\" $0; exit 3", first, LIFETIME);
        HostProcess other = launch("cat <&9; exit 0", second, LIFETIME);

        await().until(() -> !one.alive() && !other.alive());
        assertThat(one.exitStatus()).hasValue(3);
        assertThat(one.lastWords()).isEqualTo("the first's; . two words");
        assertThat(other.exitStatus()).hasValue(0);
        assertThat(other.lastWords()).isEqualTo("the second's");
        assertThat(notices).isEmpty();
    }

    @Test
    void aForkCanBeFoundByItsCommandLineAndIsNobodysChildButTheServers() {
        HostProcess machine = launch("kill -STOP $$; : " + files, LIFETIME);

        await().until(() -> found().size() == 1);
        ProcessHandle process = found().get(0);
        assertThat(process.parent().flatMap(ProcessHandle::parent)).contains(ProcessHandle.current());
        process.destroyForcibly();
        await().until(() -> !machine.alive());
        assertThat(machine.exitStatus()).hasValue(128 + 9);
    }

    @Test
    void closingOneEndsItAndNoOther() {
        HostProcess one = launch("sleep 50", LIFETIME);
        HostProcess other = launch("sleep 50", LIFETIME);

        one.close();

        assertThat(one.exitStatus()).hasValue(128 + 9);
        assertThat(other.alive()).isTrue();
    }

    @Test
    void oneThatOutlivesItsTimeIsEnded() {
        HostProcess machine = launch("while :; do :; done", Duration.ofSeconds(1));

        await().between(Duration.ofMillis(900), Duration.ofSeconds(10)).until(() -> !machine.alive());
    }

    @Test
    void oneThatNeverStopsTalkingKeepsNobodyElseFromAnything() {
        launch("yes", LIFETIME);
        HostProcess quiet = launch("exit 4", LIFETIME);
        HostProcess chatty = launch("yes x | head -c 3000000; echo; echo last words", LIFETIME);

        await().until(() -> !quiet.alive() && !chatty.alive());
        assertThat(quiet.exitStatus()).hasValue(4);
        assertThat(chatty.lastWords()).hasSizeLessThan(5000).endsWith("x; last words");
    }

    @Test
    void anInputThatIsNotThereIsSaid() {
        HostProcess machine = launch("exit 0", files.resolve("none"), LIFETIME);

        await().until(() -> !machine.alive());
        assertThat(machine.exitStatus()).hasValue(127);
        assertThat(machine.lastWords()).isEqualTo(files.resolve("none") + ": No such file or directory");
    }

    @Test
    void aServerThatIsKilledTakesItsForksWithItAndOthersStartWithoutOne() {
        HostProcess machine = launch("while :; do :; done; : " + files, LIFETIME);
        await().until(() -> found().size() == 1);

        found().get(0).parent().orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(2)).until(() -> !machine.alive() && found().isEmpty());
        assertThat(machine.exitStatus()).hasValue(128 + 9);
        HostProcess next = launch("exit 5", LIFETIME);
        await().until(() -> !next.alive());
        assertThat(next.exitStatus()).hasValue(5);
        assertThat(notices).containsExactly("every fork starts a QEMU of its own, which takes longer, because none can be kept prepared: "
                + "it has gone");
    }

    @Test
    void withoutTheLibraryEveryForkStartsFromScratchAndThatIsSaidOnce() {
        prepared = prepared(files.resolve("lib.so"));
        HostProcess one = launch("exit 6", LIFETIME);
        HostProcess other = launch("exit 7", LIFETIME);

        await().until(() -> !one.alive() && !other.alive());
        assertThat(one.exitStatus()).hasValue(6);
        assertThat(other.exitStatus()).hasValue(7);
        assertThat(notices).hasSize(1).first().asString().endsWith("prepared: " + files.resolve("lib.so") + " is not built");
    }

    @Test
    void aLibraryThatTakesNoHoldIsFoundOutAtOnce() throws Exception {
        prepared = prepared(Files.writeString(files.resolve("lib.so"), "no library"));
        HostProcess machine = launch("exit 8", LIFETIME);

        await().until(() -> !machine.alive());
        assertThat(machine.exitStatus()).hasValue(8);
        assertThat(notices).hasSize(1).first().asString().contains("prepared: it ended with status ");
    }

    @Test
    void noForkOutlivesAHarnessThatIsKilled() throws Exception {
        Process harness = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "-Dholdfast.home=" + System.getProperty("holdfast.home"),
                ForkingHarness.class.getName(), files.toString()).redirectErrorStream(true).start();
        try (BufferedReader out = harness.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            await().until(() -> found().size() == 2);

            harness.destroyForcibly();

            await().atMost(Duration.ofSeconds(2)).until(() -> found().isEmpty());
        } finally {
            harness.destroyForcibly();
        }
    }

    private PreparedQemu prepared(Path library) {
        return new PreparedQemu(new Qemu(SHELL), library, workspace, notices::add);
    }

    private HostProcess launch(String script, Duration lifetime) {
        return launch(script, Path.of("/dev/null"), lifetime);
    }

    private HostProcess launch(String script, Path input, Duration lifetime) {
        return prepared.launch(List.of(SHELL.toString(), "-c", script, "two words"), new MachineSpec.Origin.Forked(files, input), lifetime);
    }

    /** Running shells that have this test's folder on their command line. */
    private List<ProcessHandle> found() {
        return ProcessHandle.allProcesses().filter(process -> process.info().command().orElse("").matches(".*/(da)?sh"))
                .filter(process -> process.info().commandLine().orElse("").contains(": " + files)).toList();
    }
}
