// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.FirmwareDescriptors;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.ProbeCache;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.Workspace;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.Boot;
import dev.holdfast.run.CellRunner;
import dev.holdfast.run.ColdBoot;
import dev.holdfast.run.Deadlines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Everything that a run needs of this computer, found and checked before the first boot. */
final class Lab implements AutoCloseable {

    private final Guest guest;
    private final boolean display;
    private final Workspace workspace;
    private final Firmware firmware;
    private final ProbeCache.Found found;
    private final Boot boot;
    private final Deadlines deadlines;

    /**
     * @param limit the longest that a boot may take, where the usual one will not do
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    Lab(Guest guest, Optional<Duration> limit, boolean display) {
        this.guest = guest;
        this.display = display;
        Qemu qemu = Qemu.find();
        firmware = FirmwareDescriptors.of(System.getenv()).select(false);
        workspace = Workspace.open();
        try {
            Map<String, Path> media = guest.media(workspace.folder());
            Path esp = workspace.folder().resolve("esp.img");
            EspImage.compose(media, esp);
            found = ProbeCache.of(System.getenv()).find(qemu, firmware, workspace);
            Deadlines standard = Deadlines.under(found.acceleration().accelerator());
            deadlines = limit.map(standard::withBoot).orElse(standard);
            MachineSpec shape = new MachineSpec(guest.memoryMiB(), 1, firmware, found.acceleration().accelerator(),
                    List.of(new MachineSpec.Disk(esp)), Map.of(), display, true, workspace.folder(), workspace.folder());
            boot = new ColdBoot(qemu, shape, workspace, deadlines.lifetime());
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    CellRunner runner(OutFolder out) {
        return runner(boot, out);
    }

    /** A runner that boots in another way. */
    CellRunner runner(Boot otherBoot, OutFolder out) {
        return new CellRunner(guest, otherBoot, deadlines, out.cells(), display);
    }

    Boot boot() {
        return boot;
    }

    /** One line on what the boots run on. */
    String describe() {
        return "QEMU " + found.qemuVersion() + ", " + firmware.code().getFileName() + ", " + found.acceleration().why();
    }

    RunInfo runInfo() {
        return new RunInfo(UUID.randomUUID().toString(), Instant.now(), hostName(), found.qemuVersion(), firmware.code().toString(),
                found.acceleration().accelerator().qemuName(), "local", Holdfast.version());
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        workspace.close();
    }
}
