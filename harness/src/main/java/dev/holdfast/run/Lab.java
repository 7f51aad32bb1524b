// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Guest;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
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

/** Everything that boots of one guest need of this computer, found and checked before the first of them. */
public final class Lab implements AutoCloseable {

    private final Guest guest;
    private final Manner manner;
    private final Computer computer;
    private final Snapshots snapshots;
    private final Function<MachineShape, Boot> booting;
    private final Map<MachineShape, Boot> boots = new ConcurrentHashMap<>();
    private final Deadlines deadlines;

    /**
     * How machines are to be brought up.
     *
     * @param limit       the longest that a boot may take, where the usual one will not do
     * @param display     whether machines have a screen
     * @param cold        whether every boot begins at reset
     * @param interactive whether somebody types at their first serial port
     */
    public record Manner(Optional<Duration> limit, boolean display, boolean cold, boolean interactive) {
    }

    /**
     * @param limit   the longest that a boot may take, where the usual one will not do
     * @param cold    whether every boot begins at reset
     * @param notices is told, in a sentence, what a person may want to know
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    public Lab(Guest guest, Optional<Duration> limit, boolean display, boolean cold, Consumer<String> notices) {
        this(guest, new Manner(limit, display, cold, false), notices);
    }

    /**
     * One whose machines run on this computer.
     *
     * @param notices is told, in a sentence, what a person may want to know
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    public Lab(Guest guest, Manner manner, Consumer<String> notices) {
        this(guest, manner, Computer.local(notices), notices);
    }

    /**
     * @param hosts   where the machines are to run; is given a folder for what they need here
     * @param notices is told, in a sentence, what a person may want to know
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    public Lab(Guest guest, Manner manner, Function<Workspace, MachineHost> hosts, Consumer<String> notices) {
        this.guest = guest;
        this.manner = manner;
        computer = Computer.open(hosts);
        try {
            Deadlines standard = computer.deadlines();
            deadlines = manner.limit().map(standard::withBoot).orElse(standard);
            snapshots = new Snapshots(computer.host(), SnapshotStore.of(System.getenv(), notices), computer.workspace(), deadlines);
            Map<String, Path> media = guest.media(computer.workspace().folder());
            booting = manner.cold() ? coldBoots(media) : machine -> snapshots.of(spec(machine), media, guest.program());
        } catch (RuntimeException e) {
            computer.close();
            throw e;
        }
    }

    /** A machine, but for its disk, its plan and its logs. */
    private MachineSpec spec(MachineShape machine) {
        Path none = computer.workspace().folder();
        return new MachineSpec(machine, 1, computer.firmware(), computer.accelerator(), List.of(), guest.fwCfg(), manner.display(), true,
                none, none).having(guest.devices()).interactive(manner.interactive());
    }

    private Function<MachineShape, Boot> coldBoots(Map<String, Path> media) {
        Path esp = computer.workspace().folder().resolve("esp.img");
        EspImage.compose(media, esp);
        return machine -> new ColdBoot(computer.host(), spec(machine).from(new MachineSpec.Origin.Reset(),
                computer.firmware().varsTemplate(), List.of(new MachineSpec.Disk(esp))), deadlines.lifetime());
    }

    /** @param cells the folder that holds what is kept of each cell; what several of them share is kept beside it */
    public CellRunner runner(Path cells) {
        return runner(this::boot, cells);
    }

    /** A runner that boots in another way. */
    public CellRunner runner(Function<MachineShape, Boot> otherBoots, Path cells) {
        return new CellRunner(guest, otherBoots, deadlines, cells, manner.display());
    }

    /** How a machine of a shape is brought up; a snapshot that this takes is made when it is first wanted. */
    public Boot boot(MachineShape machine) {
        return boots.computeIfAbsent(machine, booting);
    }

    /** The folders that boots write to, the one for results among them. */
    public List<Path> folders(Path out) {
        List<Path> always = List.of(out, computer.workspace().folder());
        return manner.cold() ? always : Stream.concat(always.stream(), Stream.of(snapshots.folder())).toList();
    }

    /** The word for this way in results. */
    public String bootKind() {
        return manner.cold() ? ColdBoot.KIND : ForkBoot.KIND;
    }

    public Computer computer() {
        return computer;
    }

    @Override
    public void close() {
        snapshots.close();
        computer.close();
    }
}
