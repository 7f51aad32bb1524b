// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.guest.Home;
import dev.holdfast.plan.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootSpecTest {

    private static final String THREAD = "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/no-verifier";

    @TempDir
    private Path folder;

    @Test
    void whatNobodySaysIsTheForumThreads() {
        assertThat(BootSpec.contract().asked().id()).isEqualTo(THREAD);
    }

    @Test
    void eachWordIsThatOfMatrixFiles() {
        BootSpec spec = BootSpec.contract().guest("contract").machine("256M").type("EfiACPIMemoryNVS").placement("at 0x200000").pages(4)
                .locating("variable").mapping("MmMapIoSpaceEx.cached-ro").verifier(true);

        assertThat(spec.asked().id()).isEqualTo("contract/EfiACPIMemoryNVS@0x200000,4p/variable/MmMapIoSpaceEx.cached-ro/verifier/256M");
        assertThat(BootSpec.contract().probe("osr-growable").asked().id()).isEqualTo(THREAD + "/osr-growable");
    }

    @Test
    void aWordThatThereIsNotIsRefusedAtOnceWithThoseThatThereAre() {
        assertThatThrownBy(() -> BootSpec.contract().machine("1T")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no machine '1T'").hasMessageContaining("56M");
        assertThatThrownBy(() -> BootSpec.contract().mapping("MmMapIoSpace.cachd")).hasMessageContaining("MmMapIoSpace.cached");
        assertThatThrownBy(() -> BootSpec.contract().with("colour", "red")).hasMessageContaining("there is no axis 'colour'");
        assertThatThrownBy(() -> BootSpec.contract().mapping("MmMapIoSpace.*")).hasMessageContaining("one cell has one");
        assertThatThrownBy(() -> BootSpec.contract().timeout(Duration.ZERO)).hasMessageContaining("above 0");
    }

    @Test
    void aGuestOfAnotherKernelHasMappingsOfItsOwn() {
        assertThat(BootSpec.linux().asked().id()).isEqualTo("linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier");
        assertThat(BootSpec.contract().mapping("ioremap.noncached").pressure("none").reboot("kexec").guest("linux").asked().id())
                .isEqualTo("linux/EfiReservedMemoryType@first-free/scan/ioremap.noncached/no-verifier/pressure-none/reboot-kexec");
    }

    @Test
    void whatAGuestDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> BootSpec.linux().type("EfiLoaderData").verifier(true).mapping("MmMapIoSpace.cached").asked())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the guest linux has no mapping 'MmMapIoSpace.cached' and no verifier 'on'");
        assertThatThrownBy(() -> BootSpec.contract().mapping("memremap.cached").asked())
                .hasMessage("the guest contract has no mapping 'memremap.cached'");
    }

    @Test
    void aWholeCellLeavesNoAxisToBeNamed() {
        BootSpec spec = BootSpec.of(Cell.named(THREAD).orElseThrow());

        assertThatThrownBy(() -> spec.verifier(true)).hasMessage(
                "a whole cell was named, and then its verifier; name one or the other");
        assertThatThrownBy(() -> BootSpec.contract().verifier(true).application(application())).hasMessage("an application or files of your "
                + "own boot in the place of a cell, so there is nothing to say of its verifier");
    }

    @Test
    void aFileThatCouldNotBeADriverIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.sys"), "not a driver");

        assertThatThrownBy(() -> BootSpec.contract().driver(text)).hasMessage("the driver " + text
                + " is no x64 PE image: it does not start with an MZ header; name a .sys file built for x64");
        assertThatThrownBy(() -> BootSpec.contract().driver(folder.resolve("none.sys"))).hasMessageContaining("name a .sys file");
        assertThatThrownBy(() -> BootSpec.contract().certificate(folder.resolve("none.cer"))).hasMessageContaining("is not a readable file");
        assertThatThrownBy(() -> BootSpec.ofApplication(text)).hasMessageContaining("name a .efi file built for x64");
        assertThatThrownBy(() -> BootSpec.shell().file("../../etc/passwd", text)).hasMessageContaining("is no path in an EFI system partition");
    }

    @Test
    void whatOnesOwnBootsOnMayBeNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("startup.nsh"), "echo hello");
        BootSpec spec = BootSpec.shell().file("/startup.nsh", text).machine("128M");

        assertThat(spec.files()).hasValueSatisfying(files -> assertThat(files).containsOnlyKeys("/startup.nsh"));
        assertThat(spec.shape().memoryMiB()).isEqualTo(128);
    }

    private static Path application() {
        return Home.find().resolve("uefi-app/target/Holdfast.efi");
    }
}
