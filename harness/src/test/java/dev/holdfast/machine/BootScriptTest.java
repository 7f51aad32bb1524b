// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.plan.MachineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootScriptTest {

    private static final String CELL = "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/verifier";

    @TempDir
    private Path folder;

    @Test
    void itHandsQemuItsOwnCopiesAndTheCallersArgumentsAndEndsAsQemuDoes() throws Exception {
        Process process = run("echo \"$@\" | tr ' ' '\\n'; ls -l; exit 33", "-s", "two words");
        String out = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).isEqualTo(33);
        assertThat(out).contains("q35,accel=tcg").contains("\n-s\ntwo\nwords\n").contains("file=vars.fd").contains("name=opt/x,file=plan.txt")
                .contains("disk0.img -> " + folder.toRealPath() + "/it's, a cell/../disk.img").doesNotContain("/gone/");
        assertThat(folder.resolve("scratch")).isDirectoryRecursivelyContaining("glob:**/vars.fd");
    }

    @Test
    void whatItLacksIsSaidWithTheCommandThatBringsItBack() throws Exception {
        write("exit 0");
        assertThat(start().waitFor()).isZero();
        Files.delete(folder.resolve("disk.img"));
        Process lacking = start();
        String err = new String(lacking.getErrorStream().readAllBytes());

        assertThat(lacking.waitFor()).isEqualTo(3);
        assertThat(err).contains("disk.img is not there").contains("./holdfast replay " + CELL).hasLineCount(1);
    }

    @Test
    void itIsWrittenAsAShellWantsIt() throws Exception {
        assumeThat(Tools.find("shellcheck")).as("shellcheck").isPresent();
        Process check = new ProcessBuilder("shellcheck", write("exit 0").toString()).redirectErrorStream(true).start();

        assertThat(new String(check.getInputStream().readAllBytes())).isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private Process run(String qemu, String... arguments) throws IOException {
        write(qemu);
        return start(arguments);
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", folder.resolve("it's, a cell/qemu.sh").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("TMPDIR", Files.createDirectories(folder.resolve("scratch")).toString());
        return builder.start();
    }

    private Path write(String qemu) throws IOException {
        Path program = Files.writeString(folder.resolve("qemu with a space"), "#!/bin/sh\n" + qemu + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path cell = Files.createDirectories(folder.resolve("it's, a cell"));
        Files.writeString(cell.resolve("plan.txt"), "a plan");
        Files.writeString(folder.resolve("disk.img"), "a disk");
        Path flash = Files.writeString(folder.resolve("flash.fd"), "flash");
        Firmware firmware = new Firmware(Path.of("/d.json"), "test", flash, "raw", flash, "raw");
        MachineSpec shape = new MachineSpec(MachineShape.SMALL, 1, firmware, Accelerator.TCG, List.of(), Map.of(), false, true,
                Path.of("/gone/console"), Path.of("/gone/frames"));
        String script = new BootScript(shape, "opt/x", Path.of("plan.txt"), List.of(Path.of("../disk.img")))
                .text(CELL, List.of(program.toString(), "-m\nexit 99", "it's"));
        return Files.writeString(cell.resolve("qemu.sh"), script);
    }
}
