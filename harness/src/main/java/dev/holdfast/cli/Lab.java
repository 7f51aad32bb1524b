// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.FirmwareDescriptors;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.ProbeCache;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.SnapshotStore;
import dev.holdfast.machine.Workspace;
import dev.holdfast.plan.MachineShape;
import dev.holdfast.report.RunInfo;
import dev.holdfast.run.Boot;
import dev.holdfast.run.CellRunner;
import dev.holdfast.run.ColdBoot;
import dev.holdfast.run.Deadlines;
import dev.holdfast.run.ForkBoot;
import dev.holdfast.run.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that a run needs of this computer, found and checked before the first boot. */
final class Lab implements AutoCloseable {

    private final Guest guest;
    private final boolean display;
    private final boolean cold;
    private final Workspace workspace;
    private final Firmware firmware;
    private final ProbeCache.Found found;
    private final Snapshots snapshots;
    private final Function<MachineShape, Boot> booting;
    private final Map<MachineShape, Boot> boots = new ConcurrentHashMap<>();
    private final Deadlines deadlines;

    /**
     * @param limit   the longest that a boot may take, where the usual one will not do
     * @param cold    whether every boot begins at reset
     * @param notices is told, in a sentence, what a person may want to know
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    Lab(Guest guest, Optional<Duration> limit, boolean display, boolean cold, Consumer<String> notices) {
        this.guest = guest;
        this.display = display;
        Qemu qemu = Qemu.find();
        firmware = FirmwareDescriptors.of(System.getenv()).select(false);
        workspace = Workspace.open();
        try {
            found = ProbeCache.of(System.getenv()).find(qemu, firmware, workspace);
            Deadlines standard = Deadlines.under(found.acceleration().accelerator());
            deadlines = limit.map(standard::withBoot).orElse(standard);
            snapshots = new Snapshots(qemu, found.qemuVersion(), SnapshotStore.of(System.getenv(), notices), workspace, deadlines);
            Map<String, Path> media = guest.media(workspace.folder());
            booting = cold ? coldBoots(qemu, media) : machine -> snapshots.of(spec(machine), media, guest.program());
            this.cold = cold;
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    /** A machine, but for its disk, its plan and its logs. */
    private MachineSpec spec(MachineShape machine) {
        return new MachineSpec(machine, 1, firmware, found.acceleration().accelerator(), List.of(), guest.fwCfg(), display, true,
                workspace.folder(), workspace.folder());
    }

    private Function<MachineShape, Boot> coldBoots(Qemu qemu, Map<String, Path> media) {
        Path esp = workspace.folder().resolve("esp.img");
        EspImage.compose(media, esp);
        return machine -> new ColdBoot(qemu, spec(machine).from(new MachineSpec.Origin.Reset(), firmware.varsTemplate(),
                List.of(new MachineSpec.Disk(esp))), workspace, deadlines.lifetime());
    }

    CellRunner runner(OutFolder out) {
        return runner(this::boot, out);
    }

    /** A runner that boots in another way. */
    CellRunner runner(Function<MachineShape, Boot> otherBoots, OutFolder out) {
        return new CellRunner(guest, otherBoots, deadlines, out.cells(), display);
    }

    /** How a machine of a shape is brought up; a snapshot that this takes is made when it is first wanted. */
    Boot boot(MachineShape machine) {
        return boots.computeIfAbsent(machine, booting);
    }

    /** The folders that boots write to. */
    List<Path> folders(OutFolder out) {
        List<Path> always = List.of(out.path(), workspace.folder());
        return cold ? always : Stream.concat(always.stream(), Stream.of(snapshots.folder())).toList();
    }

    /** The word for this way in results. */
    String bootKind() {
        return cold ? ColdBoot.KIND : ForkBoot.KIND;
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
        snapshots.close();
        workspace.close();
    }
}
