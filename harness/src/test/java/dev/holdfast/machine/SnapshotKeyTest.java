// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.MachineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotKeyTest {

    private static final byte[] WAITING = {'!'};

    @TempDir
    private Path folder;

    private Qemu qemu;
    private MachineSpec shape;
    private Map<String, Path> media;

    @BeforeEach
    void aMachine() throws IOException {
        qemu = new Qemu(Files.writeString(folder.resolve("qemu"), "program"));
        shape = machine(64, "code");
        media = Map.of("/a", Files.writeString(folder.resolve("a"), "contents"));
    }

    @Test
    void isTheSameForTheSameMachine() {
        assertThat(key()).isEqualTo(key()).matches("[0-9a-f]{40}");
    }

    @Test
    void changesWithTheMedia() throws IOException {
        String before = key();
        Files.writeString(folder.resolve("a"), "Contents");

        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void changesWithTheFirmware() throws IOException {
        String before = key();
        shape = machine(64, "another");

        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void changesWithTheCommandLine() throws IOException {
        String before = key();
        shape = machine(128, "code");

        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void changesWithQemu() throws IOException {
        String before = key();

        assertThat(SnapshotKey.of(qemu, "7.2.1", Optional.empty(), shape, media, WAITING)).isNotEqualTo(before);
        Files.writeString(qemu.binary(), "another program");
        assertThat(key()).isNotEqualTo(before);
    }

    @Test
    void changesWithWhatIsPreparedAndWithTheFilesOfFwCfg() throws IOException {
        String before = key();
        assertThat(SnapshotKey.of(qemu, "7.2.0", Optional.empty(), shape, media, new byte[] {'?'})).isNotEqualTo(before);

        Path file = Files.writeString(folder.resolve("file"), "contents");
        shape = shape.with(Map.of("opt/name", file), folder, folder);
        String with = key();
        assertThat(with).isNotEqualTo(before);
        Path moved = Files.copy(file, Files.createDirectory(folder.resolve("elsewhere")).resolve("file"));
        shape = shape.with(Map.of("opt/name", moved), folder, folder);
        assertThat(key()).isEqualTo(with);
        Files.writeString(moved, "Contents");
        assertThat(key()).isNotEqualTo(with);
    }

    @Test
    void doesNotDependOnWhereTheLogsGo() {
        String before = key();
        shape = shape.with(Map.of(), folder.resolve("elsewhere"), folder.resolve("there"));

        assertThat(key()).isEqualTo(before);
    }

    private String key() {
        return SnapshotKey.of(qemu, "7.2.0", Optional.empty(), shape, media, WAITING);
    }

    private MachineSpec machine(int memoryMiB, String code) throws IOException {
        Firmware firmware = new Firmware(folder, "test", Files.writeString(folder.resolve("code.fd"), code), "raw",
                Files.writeString(folder.resolve("vars.fd"), "vars"), "raw");
        return new MachineSpec(new MachineShape(memoryMiB + "M", memoryMiB, memoryMiB), 1, firmware, Accelerator.TCG, List.of(), Map.of(), false, true, folder, folder);
    }
}
