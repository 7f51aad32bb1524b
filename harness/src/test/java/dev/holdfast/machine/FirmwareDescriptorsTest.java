// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirmwareDescriptorsTest {

    @TempDir
    private Path root;
    private Path system;
    private Path user;

    @BeforeEach
    void folders() throws IOException {
        system = Files.createDirectory(root.resolve("system"));
        user = Files.createDirectory(root.resolve("user"));
    }

    @Test
    void theFirstDescriptorByNameThatSuitsIsTaken() throws IOException {
        describe(system, "60-plain.json", "plain", "");
        describe(system, "70-other.json", "other", "");

        assertThat(select(false).description()).isEqualTo("plain");
    }

    @Test
    void secureBootIsTakenOnlyWhereItIsWanted() throws IOException {
        describe(system, "40-secure.json", "secure", "\"secure-boot\", \"requires-smm\"");
        describe(system, "60-plain.json", "plain", "");

        assertThat(select(false).description()).isEqualTo("plain");
        assertThat(select(true).description()).isEqualTo("secure");
    }

    @Test
    void aFolderOfHigherPriorityReplacesAndMasksByName() throws IOException {
        describe(system, "60-a.json", "system's a", "");
        describe(system, "70-b.json", "system's b", "");
        describe(user, "70-b.json", "user's b", "");
        assertThat(select(false).description()).isEqualTo("system's a");

        Files.createFile(user.resolve("60-a.json"));
        assertThat(select(false).description()).isEqualTo("user's b");
    }

    @Test
    void descriptorsThatAreBrokenOrForOtherMachinesOrWithoutTheirImagesArePassedOver() throws IOException {
        Files.writeString(system.resolve("10-broken.json"), "{ \"mapping\": ");
        Files.writeString(system.resolve("20-empty-object.json"), "{}");
        describe(system, "30-arm.json", "arm", "");
        replace(system.resolve("30-arm.json"), "x86_64", "aarch64");
        describe(system, "40-i440fx.json", "i440fx", "");
        replace(system.resolve("40-i440fx.json"), "pc-q35-*", "pc-i440fx-*");
        describe(system, "50-memory.json", "memory", "");
        replace(system.resolve("50-memory.json"), "\"flash\"", "\"memory\"");
        describe(system, "60-gone.json", "gone", "");
        Files.delete(system.resolve("gone.code"));
        describe(system, "70-good.json", "good", "");

        assertThat(select(false).description()).isEqualTo("good");
    }

    @Test
    void noFirmwareIsSaidWithWhereItWasSoughtAndHowToGetIt() {
        assertThatThrownBy(() -> select(false)).isInstanceOf(EnvironmentFault.class)
                .hasMessageContaining("no UEFI firmware").hasMessageContaining(system.toString())
                .hasMessageContaining("apt-get install ovmf");
    }

    @Test
    void theFoldersComeFromTheEnvironment() throws IOException {
        describe(user, "60-plain.json", "named", "");

        assertThat(FirmwareDescriptors.of(Map.of(FirmwareDescriptors.PATH_VARIABLE, user.toString())).select(false).description())
                .isEqualTo("named");
        Path config = Files.createDirectories(root.resolve("config/qemu/firmware"));
        describe(config, "00-mine.json", "mine", "");
        assertThat(FirmwareDescriptors.of(Map.of("XDG_CONFIG_HOME", root.resolve("config").toString())).select(false).description())
                .isEqualTo("mine");
    }

    private Firmware select(boolean secureBoot) {
        return new FirmwareDescriptors(List.of(user, root.resolve("not-there"), system)).select(secureBoot);
    }

    private static void describe(Path folder, String name, String description, String features) throws IOException {
        String id = description.replaceAll("[^a-z0-9]", "-");
        Path code = Files.createFile(folder.resolve(id + ".code"));
        Path vars = Files.createFile(folder.resolve(id + ".vars"));
        Files.writeString(folder.resolve(name), """
                {"description": "%s", "interface-types": ["uefi"],
                 "mapping": {"device": "flash", "executable": {"filename": "%s", "format": "raw"},
                             "nvram-template": {"filename": "%s", "format": "raw"}},
                 "targets": [{"architecture": "x86_64", "machines": ["pc-q35-*"]}], "features": [%s], "tags": []}
                """.formatted(description, code, vars, features));
    }

    private static void replace(Path file, String from, String to) throws IOException {
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
