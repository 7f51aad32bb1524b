// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.Accelerator;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.FirmwareDescriptors;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.ProbeCache;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.SnapshotStore;
import dev.holdfast.machine.Workspace;
import dev.holdfast.plan.MachineShape;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything that a run needs of this computer, found and checked before the first boot. */
public final class Lab implements AutoCloseable {

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
    public Lab(Guest guest, Optional<Duration> limit, boolean display, boolean cold, Consumer<String> notices) {
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

    /** @param cells the folder that holds what is kept of each cell; what several of them share is kept beside it */
    public CellRunner runner(Path cells) {
        return runner(this::boot, cells);
    }

    /** A runner that boots in another way. */
    public CellRunner runner(Function<MachineShape, Boot> otherBoots, Path cells) {
        return new CellRunner(guest, otherBoots, deadlines, cells, display);
    }

    /** How a machine of a shape is brought up; a snapshot that this takes is made when it is first wanted. */
    public Boot boot(MachineShape machine) {
        return boots.computeIfAbsent(machine, booting);
    }

    /** The folders that boots write to, the one for results among them. */
    public List<Path> folders(Path out) {
        List<Path> always = List.of(out, workspace.folder());
        return cold ? always : Stream.concat(always.stream(), Stream.of(snapshots.folder())).toList();
    }

    /** The word for this way in results. */
    public String bootKind() {
        return cold ? ColdBoot.KIND : ForkBoot.KIND;
    }

    /** One line on what the boots run on. */
    public String describe() {
        return "QEMU " + found.qemuVersion() + ", " + firmware.code().getFileName() + ", " + found.acceleration().why();
    }

    public String qemuVersion() {
        return found.qemuVersion();
    }

    public Firmware firmware() {
        return firmware;
    }

    public Accelerator accelerator() {
        return found.acceleration().accelerator();
    }

    @Override
    public void close() {
        snapshots.close();
        workspace.close();
    }
}
