// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.InteractiveMachine;
import dev.holdfast.machine.LocalMachine;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.plan.MachineShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Boots from reset what somebody brings in the place of this project's programs: it knows nothing of plans and frames. Without a program
 * at {@code /EFI/BOOT/BOOTX64.EFI} OVMF starts its own shell, which runs {@code /startup.nsh}. For use by several threads.
 */
public final class OwnBoot {

    /** What UEFI firmware starts from a medium that it has no other entry for (UEFI 2.10, section 3.5.1.1). */
    public static final String APPLICATION = "/EFI/BOOT/BOOTX64.EFI";

    /** QEMU limits migration to 128 MiB a second by itself, which spares a network. */
    private static final long BYTES_PER_SECOND = 1L << 40;

    private final Computer computer;
    private final Duration lifetime;

    /** @param lifetime after which a machine is ended, whoever still holds it */
    public OwnBoot(Computer computer, Duration lifetime) {
        this.computer = computer;
        this.lifetime = lifetime;
    }

    /**
     * A started machine.
     *
     * @param spec what it was started as
     */
    public record Started(MachineSpec spec, LocalMachine machine) {
    }

    /**
     * Where a machine stood.
     *
     * @param spec how another has to be started to go on from there
     */
    public record Standing(MachineSpec spec) {
    }

    /**
     * Starts a machine from reset.
     *
     * @param files   path in the EFI system partition to the file on the host; none for a machine without a disk
     * @param display whether it has a screen
     * @param console file for what the first serial port says
     * @param channel file for what the second serial port says
     */
    public Started start(Map<String, Path> files, MachineShape shape, boolean display, Path console, Path channel) {
        Path folder = computer.workspace().machineFolder();
        MachineSpec spec = new MachineSpec(shape, 1, computer.firmware(), computer.accelerator(), disks(files, folder), Map.of(), display,
                false, console, channel).interactive(true);
        return new Started(spec, new LocalMachine(computer.qemu(), spec, folder, lifetime));
    }

    private static List<MachineSpec.Disk> disks(Map<String, Path> files, Path folder) {
        if (files.isEmpty()) {
            return List.of();
        }
        Path esp = folder.resolve("esp.img");
        EspImage.compose(files, esp);
        return List.of(new MachineSpec.Disk(esp));
    }

    /**
     * Saves where a machine stands; it goes on as it was.
     *
     * @param folder an empty one, for its state, its variable store and its disk
     * @throws dev.holdfast.machine.MachineFault if the machine does not answer
     */
    public Standing save(Started started, Path folder) {
        LocalMachine machine = started.machine();
        boolean running = isRunning(machine);
        machine.qmp("migrate-set-parameters", Map.of("max-bandwidth", BYTES_PER_SECOND));
        machine.pause();
        try {
            Path state = folder.resolve("state");
            machine.saveState(state);
            Path vars = Files.copy(machine.vars(), folder.resolve("vars.fd"));
            List<MachineSpec.Disk> disks = new ArrayList<>();
            for (MachineSpec.Disk disk : started.spec().disks()) {
                // The machine's own goes with it.
                disks.add(new MachineSpec.Disk(Files.createLink(folder.resolve("disk" + disks.size() + ".img"), disk.image())));
            }
            return new Standing(started.spec().from(new MachineSpec.Origin.Resumed(state), vars, disks));
        } catch (IOException e) {
            throw new EnvironmentFault("where the machine stands cannot be kept in " + folder + ": " + e.getMessage(), e);
        } finally {
            if (running && machine.alive()) {
                machine.resume();
            }
        }
    }

    private static boolean isRunning(InteractiveMachine machine) {
        return machine.qmp("query-status", Map.of()).path("running").asBoolean();
    }

    /** Starts a machine that goes on from there. */
    public Started resume(Standing standing, Path console, Path channel) {
        MachineSpec spec = standing.spec().with(Map.of(), console, channel);
        return new Started(spec, new LocalMachine(computer.qemu(), spec, computer.workspace().machineFolder(), lifetime));
    }

    /** A folder that goes when the computer is let go. */
    public Path scratch() {
        try {
            return Files.createTempDirectory(computer.workspace().folder(), "saved");
        } catch (IOException e) {
            throw new EnvironmentFault("no folder can be made in " + computer.workspace().folder() + ": " + e.getMessage(), e);
        }
    }
}
