// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import dev.holdfast.plan.MachineShape;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A computer to be built.
 *
 * @param memory     how much RAM, and where
 * @param cpus       processors
 * @param disks      in the order in which firmware tries them
 * @param fwCfg      fw_cfg file name to the file on the host that holds its contents
 * @param display    whether it has a display adapter, and so a screen to take a picture of
 * @param debugExit  whether a guest may end the machine through isa-debug-exit at I/O 0xF4
 * @param consoleLog what the first serial port says goes here
 * @param channelLog what the second serial port says goes here
 * @param origin     where its first instruction comes from
 * @param devices    what it has beside all that
 * @param restarts   whether it starts anew where a guest resets it, and does not end there
 */
public record MachineSpec(MachineShape memory, int cpus, Firmware firmware, Accelerator accelerator, List<Disk> disks,
                          Map<String, Path> fwCfg, boolean display, boolean debugExit, Path consoleLog, Path channelLog, Origin origin,
                          Set<Device> devices, boolean restarts) {

    private static final String PORT_LOG = "port.txt";

    public MachineSpec {
        devices = Set.copyOf(devices);
        disks = List.copyOf(disks);
        fwCfg = Map.copyOf(fwCfg);
    }

    /** A machine that begins at reset. */
    public MachineSpec(MachineShape memory, int cpus, Firmware firmware, Accelerator accelerator, List<Disk> disks,
                       Map<String, Path> fwCfg, boolean display, boolean debugExit, Path consoleLog, Path channelLog) {
        this(memory, cpus, firmware, accelerator, disks, fwCfg, display, debugExit, consoleLog, channelLog, new Origin.Reset(), Set.of(), false);
    }

    /** A raw image that the machine may only read. */
    public record Disk(Path image) {
    }

    /** Where a machine begins. */
    public sealed interface Origin {

        /** The state that it is brought into before its first instruction, as QEMU's migration stream. */
        default Optional<Path> stateFile() {
            return Optional.empty();
        }

        /** At reset, with memory of its own. */
        record Reset() implements Origin {
        }

        /** At reset, with its memory in a file, so that a snapshot can be taken of it. */
        record Recorded(Path ram) implements Origin {
        }

        /** Where a snapshot was taken. Its memory is the snapshot's until it writes to it. */
        record Forked(Path ram, Path state) implements Origin {
            @Override
            public Optional<Path> stateFile() {
                return Optional.of(state);
            }
        }

        /** Where a machine with memory of its own stood when its state was saved, memory and all. */
        record Resumed(Path state) implements Origin {
            @Override
            public Optional<Path> stateFile() {
                return Optional.of(state);
            }
        }
    }

    /** The same machine with more fw_cfg files, or others of these names, and other logs. */
    public MachineSpec with(Map<String, Path> moreFwCfg, Path otherConsoleLog, Path otherChannelLog) {
        Map<String, Path> all = new HashMap<>(fwCfg);
        all.putAll(moreFwCfg);
        return new MachineSpec(memory, cpus, firmware, accelerator, disks, all, display, debugExit, otherConsoleLog, otherChannelLog,
                origin, devices, restarts);
    }

    /** The same machine with another beginning, another variable store to start from, and other disks. */
    public MachineSpec from(Origin otherOrigin, Path varsTemplate, List<Disk> otherDisks) {
        return new MachineSpec(memory, cpus, firmware.withVars(varsTemplate), accelerator, otherDisks, fwCfg, display, debugExit,
                consoleLog, channelLog, otherOrigin, devices, restarts);
    }

    /** The same machine with these devices. */
    public MachineSpec having(Set<Device> others) {
        return new MachineSpec(memory, cpus, firmware, accelerator, disks, fwCfg, display, debugExit, consoleLog, channelLog, origin,
                others, restarts);
    }

    /** The same machine, which starts anew where a guest resets it. */
    public MachineSpec restarting() {
        return new MachineSpec(memory, cpus, firmware, accelerator, disks, fwCfg, display, debugExit, consoleLog, channelLog, origin,
                devices, true);
    }

    /** The same machine with or without somebody who types at its first serial port. */
    public MachineSpec interactive(boolean otherwise) {
        Set<Device> others = new HashSet<>(devices);
        if (otherwise) {
            others.add(Device.CONSOLE_INPUT);
        } else {
            others.remove(Device.CONSOLE_INPUT);
        }
        return having(others);
    }

    /** Whether somebody types at its first serial port. */
    public boolean interactive() {
        return devices.contains(Device.CONSOLE_INPUT);
    }

    /** What the virtio port says goes here: beside what the second serial port says. */
    public Path portLog() {
        return portLog(channelLog);
    }

    /** Where what the virtio port says goes if what the second serial port says goes to {@code channelLog}. */
    public static Path portLog(Path channelLog) {
        return channelLog.resolveSibling(PORT_LOG);
    }

    /** Whether a physical range is RAM of this machine from its first byte to its last. Both numbers are unsigned. */
    public boolean isRam(long address, long bytes) {
        return memory.isRam(address, bytes);
    }
}
