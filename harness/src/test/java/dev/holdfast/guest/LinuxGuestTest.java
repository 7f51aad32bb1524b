// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Linux guest needs, and what it says where that is not there. */
class LinuxGuestTest {

    @TempDir
    private Path home;

    @Test
    void aGuestThatWasNotBuiltIsOneSentenceThatSaysWhatToDo() {
        LinuxGuest guest = new LinuxGuest(new Artefacts(home), Optional.empty());

        assertThatThrownBy(() -> guest.media(home)).isInstanceOf(EnvironmentFault.class)
                .hasMessageStartingWith("not built: ").hasMessageContaining("vm-images/target/linux/vmlinuz")
                .hasMessageContaining("run mvn package").hasMessageNotContaining("\n");
        assertThatThrownBy(guest::program).isInstanceOf(EnvironmentFault.class).hasMessageContaining("options.txt cannot be read");
        assertThat(guest.release()).isEmpty();
    }

    @Test
    void whyTheBuildWentOnWithoutItIsSaid() throws IOException {
        write("guest-driver/target/linux/missing.txt", "There is no Linux guest (cloud): apt has no \u001B[31msuch package.\n");

        assertThatThrownBy(() -> new LinuxGuest(new Artefacts(home), Optional.empty()).media(home)).isInstanceOf(EnvironmentFault.class)
                .hasMessageStartingWith("the Linux guest was not built: There is no Linux guest (cloud): apt has no \\x1B[31msuch package.")
                .hasMessageEndingWith("or leave it out with --guest contract");
    }

    @Test
    void aSabotagedModuleIsAnImageOfItsOwnAndIsToldWhatToDo() {
        assertThat(new LinuxGuest(new Artefacts(home), Optional.of(Sabotage.PANIC)).task()).contains("panic");
        assertThat(new LinuxGuest(new Artefacts(home), Optional.empty()).task()).isEmpty();
        assertThatThrownBy(() -> new LinuxGuest(new Artefacts(home), Optional.of(Sabotage.WARN)).media(home))
                .hasMessageContaining("vm-images/target/linux-sabotage/initrd");
    }

    @Test
    void theKernelsCommandLineAndReleaseComeFromItsImage() throws IOException {
        for (String file : List.of("uefi-app/target/Holdfast.efi", "vm-images/target/linux/vmlinuz", "vm-images/target/linux/initrd",
                "vm-images/target/linux/module.cer")) {
            write(file, "x");
        }
        write("vm-images/target/linux/options.txt", "console=ttyS0 quiet\n");
        write("vm-images/target/linux/manifest.txt", "flavour=cloud\nrelease=6.1.0-1\u001B[31m\npackage=linux-image\nversion=6.1.2-3\n");
        LinuxGuest guest = new LinuxGuest(new Artefacts(home), Optional.empty());

        assertThat(guest.media(home)).containsOnlyKeys("/EFI/BOOT/BOOTX64.EFI", "/holdfast/linux/vmlinuz", "/holdfast/linux/initrd",
                "/holdfast/linux/module.cer");
        assertThat(guest.program().options()).isEqualTo("console=ttyS0 quiet");
        assertThat(guest.release()).contains("Linux 6.1.0-1\\x1B[31m (linux-image 6.1.2-3)");
    }

    @Test
    void aReasonThatNobodyKnowsHasNoSentence() {
        LinuxGuest guest = new LinuxGuest(new Artefacts(home), Optional.empty());

        assertThat(guest.fatal("module-refused")).contains("the kernel refused to load the project's module");
        assertThat(guest.fatal("\u001B[31m")).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
