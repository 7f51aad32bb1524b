// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program that runs others in a container does the same outside of one, and that is where it is tested. */
@Timeout(60)
class MuxTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path there;

    @TempDir
    private Path here;

    private Process program;
    private Mux mux;

    @BeforeEach
    void start() throws IOException {
        Path procmux = Path.of(System.getProperty("holdfast.home"), "vm-images/target/runner/procmux");
        program = new ProcessBuilder(procmux.toString(), "20", there.toString()).start();
        ByteQueue toProgram = new ByteQueue(16);
        mux = new Mux(toProgram);
        OutputStream in = program.getOutputStream();
        thread(() -> copy(toProgram, in));
        thread(() -> listen(program.getInputStream()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        mux.close();
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).as("the program ends with its input").isTrue();
    }

    @Test
    void aProcessIsSpokenToAndHeard() throws IOException {
        try (RemoteProcess process = new RemoteProcess(mux, List.of("sh", "-c", "read word; echo got $word; echo no >&2; exit 7"), LONG)) {
            process.input().write(ByteBuffer.wrap("hello\n".getBytes(UTF_8)));

            assertThat(process.output().readAllBytes()).asString(UTF_8).isEqualTo("got hello\n");
            assertThat(process.await(LONG)).isTrue();
            assertThat(process.exitStatus()).hasValue(7);
            assertThat(process.lastWords()).isEqualTo("no");
        }
    }

    @Test
    void aProcessThatIsNotThereSaysSo() {
        try (RemoteProcess process = new RemoteProcess(mux, List.of("/no/such/program"), LONG)) {
            assertThat(process.await(LONG)).isTrue();
            assertThat(process.exitStatus()).hasValue(127);
            assertThat(process.lastWords()).isEqualTo("/no/such/program: No such file or directory");
        }
    }

    @Test
    void aProcessIsEndedWithItsChildren() {
        Path pid = there.resolve("pid");
        RemoteProcess process = new RemoteProcess(mux, List.of("sh", "-c", "sleep 300 & echo $! >pid.new && mv pid.new pid; wait"), LONG);
        await().until(() -> Files.exists(pid));

        process.close();

        assertThat(process.exitStatus()).hasValue(128 + 9);
        await().atMost(Duration.ofSeconds(5)).until(() -> !runs(Long.parseLong(Files.readString(pid).strip())));
    }

    @Test
    void aProcessEndsWhenItsTimeIsUp() {
        RemoteProcess process = new RemoteProcess(mux, List.of("sleep", "300"), Duration.ofMillis(200));

        assertThat(process.await(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void processesEndWithTheProgram() throws Exception {
        Path pid = there.resolve("pid");
        RemoteProcess process = new RemoteProcess(mux, List.of("sh", "-c", "echo $$ >pid.new && mv pid.new pid; exec sleep 300"), LONG);
        await().until(() -> Files.exists(pid));

        program.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(5)).until(() -> !runs(Long.parseLong(Files.readString(pid).strip())));
        assertThat(process.await(LONG)).isTrue();
        assertThat(process.exitStatus()).isEmpty();
        assertThatThrownBy(() -> mux.run(List.of("true"), process)).isInstanceOf(EnvironmentFault.class).hasMessage("gone");
    }

    @Test
    void aFileComesBackAsItWent() throws IOException {
        byte[] contents = new byte[700_001];
        Arrays.fill(contents, 300_000, 300_100, (byte) 7);
        Path file = Files.write(here.resolve("file"), contents);
        Transfer transfer = new Transfer(mux);

        transfer.put(file, "copy");
        transfer.get("copy", here.resolve("back"));

        assertThat(there.resolve("copy")).hasBinaryContent(contents);
        assertThat(here.resolve("back")).hasBinaryContent(contents);
    }

    @Test
    void aFileThatEndsInZerosKeepsItsLength() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(here.resolve("file").toFile(), "rw")) {
            sparse.setLength(64L << 20);
        }
        Transfer transfer = new Transfer(mux);

        transfer.put(here.resolve("file"), "copy");
        transfer.get("copy", here.resolve("back"));

        assertThat(there.resolve("copy")).hasSize(64L << 20);
        assertThat(here.resolve("back")).hasSize(64L << 20);
    }

    @Test
    void aCopyReplacesALongerOne() throws IOException {
        Transfer transfer = new Transfer(mux);
        transfer.put(Files.writeString(here.resolve("file"), "what was there before"), "copy");

        transfer.put(Files.writeString(here.resolve("file"), "short"), "copy");

        assertThat(there.resolve("copy")).hasContent("short");
    }

    @Test
    void aFileThatCannotBeCopiedIsNamed() throws IOException {
        Path file = Files.writeString(here.resolve("file"), "contents");
        Transfer transfer = new Transfer(mux);

        assertThatThrownBy(() -> transfer.put(file, "no/such/folder")).isInstanceOf(EnvironmentFault.class)
                .hasMessage(file + " cannot be copied into the container: no such file");
        assertThatThrownBy(() -> transfer.get("nothing", file)).isInstanceOf(EnvironmentFault.class)
                .hasMessage(file + " cannot be copied out of the container: no such file");
    }

    @Test
    void aFileGrowsHereAsItDoesThere() throws IOException {
        Path copy = Files.writeString(here.resolve("copy"), "of an earlier boot");
        Files.createFile(there.resolve("log"));
        FollowedFile followed = new FollowedFile(mux, "log", copy);

        Files.writeString(there.resolve("log"), "one line\n");

        await().atMost(Duration.ofSeconds(5)).until(() -> Files.readString(copy).equals("one line\n"));
        followed.close();
    }

    @Test
    void allThatAProcessWroteIsHereWhenItsEndIs() throws IOException {
        Path copy = here.resolve("copy");
        Files.createFile(there.resolve("log"));
        FollowedFile followed = new FollowedFile(mux, "log", copy);
        try (RemoteProcess process = new RemoteProcess(mux, List.of("sh", "-c", "seq 1 100000 >log"), LONG)) {
            assertThat(process.await(LONG)).isTrue();

            assertThat(Files.readString(copy)).isEqualTo(Files.readString(there.resolve("log"))).endsWith("\n100000\n");
        }
        followed.close();
    }

    @Test
    void whatIsNoFrameEndsTheConversation() {
        mux.receive(new byte[] {'O', 1, 0, 0, 0, -1, -1, -1, 127, 0});

        assertThat(mux.end()).contains("what comes from the container is no frame");
    }

    private static boolean runs(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static void copy(InputStream from, OutputStream to) {
        try (to) {
            byte[] portion = new byte[65536];
            for (int length = from.read(portion); length >= 0; length = from.read(portion)) {
                to.write(portion, 0, length);
                to.flush();
            }
        } catch (IOException e) {
            // The program has gone, which the other thread tells.
            return;
        }
    }

    private void listen(InputStream from) {
        try {
            byte[] portion = new byte[65536];
            for (int length = from.read(portion); length >= 0; length = from.read(portion)) {
                mux.receive(Arrays.copyOf(portion, length));
            }
        } catch (IOException e) {
            // As at its end.
            mux.ended("gone");
        }
        mux.ended("gone");
    }
}
