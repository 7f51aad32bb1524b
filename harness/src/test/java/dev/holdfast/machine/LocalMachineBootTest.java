// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import dev.holdfast.plan.MachineShape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real QEMU, with firmware and nothing to boot. */
@Tag("boot")
@Timeout(60)
class LocalMachineBootTest {

    private static final Duration LIFETIME = Duration.ofSeconds(50);

    @TempDir
    private Path logs;
    private Workspace workspace;
    private Path folder;

    @BeforeEach
    void open() {
        workspace = Workspace.open();
        folder = workspace.machineFolder();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aMachineCanBeStoppedReadAndLetGo() throws IOException {
        Path dump = logs.resolve("dump");
        try (LocalMachine machine = start(LIFETIME)) {
            machine.pause();
            assertThat(machine.status()).isEqualTo("paused");
            machine.savePhysicalMemory(0x100000, 8192, dump);
            assertThat(dump).hasSize(8192);
            machine.resume();
            assertThat(machine.status()).isEqualTo("running");
            assertThat(machine.alive()).isTrue();
            assertThatThrownBy(() -> machine.screenshot(logs.resolve("screen.png"))).isInstanceOf(MachineFault.class)
                    .hasMessageContaining("QEMU refused");
        }
    }

    @Test
    void closingAMachineLeavesNoProcessAndNoFile() throws IOException {
        LocalMachine machine = start(LIFETIME);
        assertThat(qemu()).isPresent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.folder()))).isEqualTo("rwx------");

        machine.close();

        assertThat(qemu()).isEmpty();
        assertThat(folder).doesNotExist();
        workspace.close();
        assertThat(workspace.folder()).doesNotExist();
    }

    @Test
    void aMachineThatIsKilledIsSeenToHaveGone() {
        try (LocalMachine machine = start(LIFETIME)) {
            qemu().orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(2)).until(() -> !machine.alive());
            assertThat(machine.exitStatus()).hasValue(128 + 9);
            assertThatThrownBy(machine::pause).isInstanceOf(MachineFault.class);
        }
    }

    @Test
    void aMachineDoesNotOutliveItsTime() {
        try (LocalMachine machine = start(Duration.ofSeconds(1))) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !machine.alive());
        }
    }

    @Test
    void aCommandLineThatQemuRefusesIsSaidInItsWords() {
        MachineSpec spec = new MachineSpec(MachineShape.SMALL, 1, firmware(), Accelerator.TCG,
                List.of(new MachineSpec.Disk(Path.of("/not-there.img"))),
                Map.of(), false, false, logs.resolve("console.log"), logs.resolve("frames.txt"));
        try (LocalMachine machine = new LocalMachine(Qemu.find(), spec, folder, LIFETIME)) {
            await().atMost(Duration.ofSeconds(5)).until(() -> !machine.alive());

            assertThat(machine.exitStatus()).hasValue(1);
            assertThat(machine.lastWords()).contains("/not-there.img");
        }
    }

    @Test
    void theProbeFindsAnAcceleratorSaysWhyAndRemembersIt() throws IOException {
        ProbeCache cache = new ProbeCache(logs.resolve("cache"));
        ProbeCache.Found found = cache.find(Qemu.find(), firmware(), workspace);

        assertThat(found.acceleration().why()).startsWith(found.acceleration().accelerator().name() + ": ").doesNotContain("\n");
        assertThat(found.qemuVersion()).matches("\\d+\\.\\d+.*");

        // A second probe that really ran would need the workspace, and there is none any more.
        workspace.close();
        assertThat(cache.find(Qemu.find(), firmware(), workspace)).isEqualTo(found);
    }

    @Test
    void aCacheThatIsSpoiltCostsAProbeAndNoMore() throws IOException {
        Path cacheFolder = Files.createDirectories(logs.resolve("cache"));
        Files.writeString(cacheFolder.resolve("accelerator.properties"), "key=\\u00zz");

        assertThat(new ProbeCache(cacheFolder).find(Qemu.find(), firmware(), workspace).acceleration()).isNotNull();
    }

    private LocalMachine start(Duration lifetime) {
        MachineSpec spec = new MachineSpec(MachineShape.SMALL, 1, firmware(), Accelerator.TCG, List.of(), Map.of(), false, true,
                logs.resolve("console.log"), logs.resolve("frames.txt"));
        LocalMachine machine = new LocalMachine(Qemu.find(), spec, folder, lifetime);
        assertThat(machine.status()).isEqualTo("running");
        return machine;
    }

    private static Firmware firmware() {
        return FirmwareDescriptors.of(System.getenv()).select(false);
    }

    /** The QEMU that has this test's folder on its command line. */
    private Optional<ProcessHandle> qemu() {
        return ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().filter(line -> line.contains(folder.toString())).isPresent())
                .findFirst();
    }
}
