// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.MachineShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QemuCommandLineTest {

    private static final Firmware FIRMWARE = new Firmware(Path.of("/d.json"), "test",
            Path.of("/fw/CODE.fd"), "raw", Path.of("/fw/VARS.fd"), "raw");
    private static final Endpoints ENDPOINTS = Endpoints.in(Path.of("/run/m0"));

    @Test
    void aColdMachineIsTheOneThatItsSpecificationDescribes() {
        assertThat(String.join(" ", line(spec(false, true, Path.of("/out/console.log"))))).isEqualTo("/usr/bin/qemu"
                + " -nodefaults -no-user-config -machine q35,accel=tcg -cpu max,-erms,-fsrm -m 256M -smp 1 -display none"
                + " -action reboot=shutdown,panic=pause"
                + " -drive if=pflash,unit=0,readonly=on,format=raw,file=/fw/CODE.fd -drive if=pflash,unit=1,format=raw,file=/run/m0/vars.fd"
                + " -drive if=none,id=disk0,readonly=on,format=raw,file=/esp.img -device virtio-blk-pci,drive=disk0,bootindex=0"
                + " -chardev file,id=console,path=/out/console.log -serial chardev:console"
                + " -chardev pipe,id=channel,path=/run/m0/com2 -serial chardev:channel"
                + " -chardev socket,id=qmp,path=/run/m0/qmp -mon chardev=qmp,mode=control"
                + " -device isa-debug-exit,iobase=0xf4,iosize=0x04"
                + " -fw_cfg name=opt/dev.holdfast/plan,file=/run/m0/plan");
    }

    @Test
    void noMachineHasANetworkCard() {
        assertThat(line(spec(true, true, Path.of("/c")))).contains("-nodefaults")
                .noneMatch(argument -> argument.matches("-nic|-net|-netdev|virtio-net.*|e1000.*"));
    }

    @Test
    void aDisplayAndADebugExitAreThereOnlyWhereTheyAreAskedFor() {
        assertThat(line(spec(true, false, Path.of("/c")))).contains("VGA").noneMatch(argument -> argument.contains("isa-debug-exit"));
        assertThat(line(spec(false, true, Path.of("/c")))).doesNotContain("VGA");
    }

    @Test
    void aPortAPanicDeviceAndARestartAreThereOnlyWhereTheyAreAskedFor() {
        MachineSpec plain = spec(false, true, Path.of("/c"));

        assertThat(String.join(" ", line(plain.having(Set.of(Device.values())).restarting())))
                .contains(" -action reboot=reset,panic=pause ")
                .contains(" -device virtio-serial-pci -chardev file,id=port,path=/out/port.txt"
                        + " -device virtserialport,chardev=port,name=dev.holdfast.0 -device pvpanic-pci ");
        assertThat(line(plain)).noneMatch(argument -> argument.contains("virtio-serial") || argument.contains("pvpanic"));
    }

    @Test
    void aCommaInAPathDoesNotEndTheOption() {
        assertThat(line(spec(false, true, Path.of("/out,with/comma.log")))).contains("file,id=console,path=/out,,with/comma.log");
    }

    @Test
    void theLineCanBePastedIntoAShell() {
        assertThat(ShellWords.join(List.of("/usr/bin/qemu", "a b", "it's", "x=1,y"))).isEqualTo("/usr/bin/qemu 'a b' 'it'\\''s' x=1,y");
    }

    @Test
    void aSplitMachineHasTheRestOfItsRamFromFourGibibytesUp() {
        MachineSpec split = new MachineSpec(MachineShape.named("256M-split").orElseThrow(), 1, FIRMWARE, Accelerator.TCG, List.of(), Map.of(),
                false, false, Path.of("/c"), Path.of("/f"));

        assertThat(String.join(" ", line(split))).contains("-machine q35,accel=tcg,max-ram-below-4g=128M -cpu max,-erms,-fsrm -m 256M");
        assertThat(split.isRam(0x1_0000_0000L, 0x1000)).isTrue();
        assertThat(split.isRam(0x0800_0000L, 0x1000)).isFalse();
    }

    private static MachineSpec spec(boolean display, boolean debugExit, Path console) {
        return new MachineSpec(MachineShape.named("256M").orElseThrow(), 1, FIRMWARE, Accelerator.TCG,
                List.of(new MachineSpec.Disk(Path.of("/esp.img"))),
                Map.of("opt/dev.holdfast/plan", Path.of("/run/m0/plan")), display, debugExit, console, Path.of("/out/frames.txt"));
    }

    private static List<String> line(MachineSpec spec) {
        return QemuCommandLine.of(Path.of("/usr/bin/qemu"), spec, ENDPOINTS);
    }
}
