// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.Machine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path folder;
    private Path log;
    private boolean alive = true;
    private Console console;

    @BeforeEach
    void open() {
        log = folder.resolve("console.log");
        console = console("");
    }

    @Test
    void eachWaitGoesOnBehindTheOneBefore() throws IOException {
        say("Shell> echo Shell>\r\nShell>\r\nShell> ");

        assertThat(console.await("Shell>")).isEqualTo("Shell>");
        assertThat(console.await("Shell>")).isEqualTo(" echo Shell>");
        assertThat(console.await("> ")).isEqualTo("\r\nShell>\r\nShell> ");
        assertThatThrownBy(() -> console.await("Shell>", SHORT)).isInstanceOf(AssertionError.class);
    }

    @Test
    void escapeSequencesAreLeftOutEvenInTwoHalves() throws IOException {
        say("\u001B[2J\u001B[01;01HUEFI \u001B[1;3");
        assertThat(console.text()).isEqualTo("UEFI ");
        say("3mShell\u001B[0m v2.2");

        assertThat(console.await("v2.2")).isEqualTo("UEFI Shell v2.2");
    }

    @Test
    void whatItDoesNotSayIsASentenceWithItsLastWords() throws IOException {
        assertThatThrownBy(() -> console.await("Shell>", SHORT))
                .hasMessage("the console did not say \"Shell>\" within 0 s; it said nothing at all");
        say("PXE-E16: No offer received.\r\n");
        assertThatThrownBy(() -> console.await("Shell>", SHORT))
                .hasMessage("the console did not say \"Shell>\" within 0 s; its last words were \"PXE-E16: No offer received.\"");
    }

    @Test
    void aMachineThatGoesEndsTheWaitAtOnceButWhatItHadSaidCounts() throws IOException {
        say("done\r\n");
        alive = false;

        assertThat(console.await("done")).isEqualTo("done");
        long start = System.nanoTime();
        assertThatThrownBy(() -> console.await("more")).hasMessage("the console did not say \"more\" before QEMU ended with status 137 "
                + "(killed); its last words were \"done\"");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aConsoleThatNeverStopsIsNotListenedToForEver() throws IOException {
        Files.write(log, new byte[Console.MAX_BYTES + 4096]);

        assertThatThrownBy(() -> console.await("Shell>")).hasMessageContaining("in the first 8388608 bytes");
    }

    @Test
    void aForkRemembersWhatWasSaidBeforeIt() throws IOException {
        Console fork = console("press a key");
        say("it is gone");

        assertThat(fork.await("gone")).isEqualTo("it is gone");
        assertThat(fork.text()).isEqualTo("press a keyit is gone");
    }

    private Console console(String before) {
        Machine machine = (Machine) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Machine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "alive" -> alive;
                    case "exitStatus" -> OptionalInt.of(137);
                    case "lastWords" -> "killed";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return new Console(log, machine, before, Duration.ofSeconds(20));
    }

    private void say(String text) throws IOException {
        Files.write(log, text.getBytes(StandardCharsets.ISO_8859_1), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
