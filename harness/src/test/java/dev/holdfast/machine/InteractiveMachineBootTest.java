// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.holdfast.plan.MachineShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real QEMU with the firmware's own shell, for it has nothing else to boot. */
@Tag("boot")
@Timeout(90)
class InteractiveMachineBootTest {

    private static final Duration LIFETIME = Duration.ofSeconds(80);
    /** Low memory that the firmware leaves alone once it has started. */
    private static final long FREE = 0x30_0000;
    private static final String STARTED = "BdsDxe: starting";

    @TempDir
    private Path logs;
    private Workspace workspace;

    @BeforeEach
    void open() {
        workspace = Workspace.open();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void whatIsTypedReachesTheShellAndASavedMachineGoesOnTwice() throws IOException {
        Path first = logs.resolve("first.log");
        Path state = logs.resolve("state");
        try (LocalMachine machine = start(spec(first))) {
            awaitText(first, "Shell>");
            machine.type("echo one plus\r".getBytes(StandardCharsets.US_ASCII));
            awaitText(first, "\none plus");

            machine.writePhysicalMemory(FREE, "kept".getBytes(StandardCharsets.US_ASCII));
            machine.pause();
            machine.saveState(state);
            machine.resume();
            machine.writePhysicalMemory(FREE, "lost".getBytes(StandardCharsets.US_ASCII));
            machine.type("echo still here\r".getBytes(StandardCharsets.US_ASCII));
            awaitText(first, "\nstill here");
            assertThat(read(machine, FREE, 4)).isEqualTo("lost".getBytes(StandardCharsets.US_ASCII));

            Path second = logs.resolve("second.log");
            MachineSpec fork = spec(second).from(new MachineSpec.Origin.Resumed(state), machine.vars(), List.of());
            try (LocalMachine forked = start(fork)) {
                assertThat(read(forked, FREE, 4)).isEqualTo("kept".getBytes(StandardCharsets.US_ASCII));
                forked.type("echo forked too\r".getBytes(StandardCharsets.US_ASCII));
                awaitText(second, "\nforked too");
                assertThat(text(second)).doesNotContain("still here");
            }
        }
    }

    @Test
    void memoryIsWrittenWhereThereIsRamWhetherTheMachineRunsOrNot() throws IOException {
        byte[] bytes = new byte[5000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        try (LocalMachine machine = start(spec(logs.resolve("console.log")))) {
            machine.pause();
            machine.writePhysicalMemory(FREE, bytes);
            assertThat(machine.status()).isEqualTo("paused");
            assertThat(read(machine, FREE, bytes.length)).isEqualTo(bytes);

            machine.resume();
            machine.writePhysicalMemory(FREE + 4999, HexFormat.of().parseHex("5a"));
            assertThat(machine.status()).isEqualTo("running");

            assertThatThrownBy(() -> machine.writePhysicalMemory(56 << 20, bytes)).isInstanceOf(MachineFault.class)
                    .hasMessage("the 5000 bytes from 0x3800000 are not all RAM of this machine, which has 56 MiB");
        }
    }

    @Test
    void aMachineThatIsResetStartsAnew() {
        Path console = logs.resolve("console.log");
        try (LocalMachine machine = start(spec(console))) {
            awaitText(console, STARTED);
            machine.reset();
            await().atMost(Duration.ofSeconds(40)).until(() -> text(console).split(STARTED, -1).length == 3);
            assertThat(machine.alive()).isTrue();
        }
    }

    @Test
    void theMonitorAnswersAndRefusesInQemusWords() {
        try (LocalMachine machine = start(spec(logs.resolve("console.log")))) {
            assertThat(machine.qmp("query-status", Map.of()).path("status").asText()).isEqualTo("running");
            assertThatThrownBy(() -> machine.qmp("query-everything", Map.of())).isInstanceOf(MachineFault.class)
                    .hasMessageContaining("QEMU refused").hasMessageContaining("query-everything");
        }
    }

    @Test
    void aGuestThatReadsNothingIsNotTypedAtForEver() {
        try (LocalMachine machine = start(spec(logs.resolve("console.log")))) {
            machine.pause();
            byte[] page = new byte[4096];
            assertThatThrownBy(() -> {
                for (int i = 0; i < 1000; i++) {
                    machine.type(page);
                }
            }).isInstanceOf(MachineFault.class).hasMessage(
                    "the guest does not read its first serial port: 65536 bytes wait there already");
        }
    }

    @Test
    void nobodyTypesAtAMachineThatIsOnlyWatched() {
        try (LocalMachine machine = start(spec(logs.resolve("console.log")).interactive(false))) {
            assertThatThrownBy(() -> machine.type(new byte[1])).isInstanceOf(MachineFault.class).hasMessageContaining("interactive");
        }
    }

    private LocalMachine start(MachineSpec spec) {
        return new LocalMachine(Qemu.find(), spec, workspace.machineFolder(), LIFETIME);
    }

    private MachineSpec spec(Path console) {
        Firmware firmware = FirmwareDescriptors.of(System.getenv()).select(false);
        return new MachineSpec(MachineShape.SMALL, 1, firmware, Accelerator.TCG, List.of(), Map.of(), false, true, console,
                logs.resolve(console.getFileName() + ".frames")).interactive(true);
    }

    private byte[] read(LocalMachine machine, long address, long bytes) throws IOException {
        Path dump = logs.resolve("dump");
        machine.savePhysicalMemory(address, bytes, dump);
        return Files.readAllBytes(dump);
    }

    private static void awaitText(Path log, String text) {
        await().atMost(Duration.ofSeconds(40)).until(() -> text(log).contains(text));
    }

    private static String text(Path log) throws IOException {
        return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    }
}
