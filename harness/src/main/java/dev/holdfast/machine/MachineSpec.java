// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A computer to be built.
 *
 * @param memoryMiB  RAM
 * @param cpus       processors
 * @param disks      in the order in which firmware tries them
 * @param fwCfg      fw_cfg file name to the file on the host that holds its contents
 * @param display    whether it has a display adapter, and so a screen to take a picture of
 * @param debugExit  whether a guest may end the machine through isa-debug-exit at I/O 0xF4
 * @param consoleLog what the first serial port says goes here
 * @param channelLog what the second serial port says goes here
 */
public record MachineSpec(int memoryMiB, int cpus, Firmware firmware, Accelerator accelerator, List<Disk> disks, Map<String, Path> fwCfg,
                          boolean display, boolean debugExit, Path consoleLog, Path channelLog) {

    private static final long LEGACY_HOLE = 0xA0000;
    private static final long LEGACY_HOLE_END = 0x100000;
    private static final long FOUR_GIB = 0x1_0000_0000L;
    /** Where q35's RAM below 4 GiB ends: hw/i386/pc_q35.c, pc_q35_init. */
    private static final long Q35_LOW_LIMIT = 0xB000_0000L;
    private static final long Q35_LOW_RAM_IF_SPLIT = 0x8000_0000L;

    public MachineSpec {
        disks = List.copyOf(disks);
        fwCfg = Map.copyOf(fwCfg);
    }

    /** A raw image that the machine may only read. */
    public record Disk(Path image) {
    }

    /** The same machine with other fw_cfg files and other logs. */
    public MachineSpec with(Map<String, Path> otherFwCfg, Path otherConsoleLog, Path otherChannelLog) {
        return new MachineSpec(memoryMiB, cpus, firmware, accelerator, disks, otherFwCfg, display, debugExit, otherConsoleLog,
                otherChannelLog);
    }

    /** Whether a physical range is RAM of this machine from its first byte to its last. Both numbers are unsigned. */
    public boolean isRam(long address, long bytes) {
        long ram = memoryMiB * 1024L * 1024L;
        long low = ram < Q35_LOW_LIMIT ? ram : Q35_LOW_RAM_IF_SPLIT;
        return within(address, bytes, 0, LEGACY_HOLE)
                || within(address, bytes, LEGACY_HOLE_END, low)
                || within(address, bytes, FOUR_GIB, FOUR_GIB + ram - low);
    }

    private static boolean within(long address, long bytes, long from, long to) {
        return address >= from && address < to && bytes > 0 && bytes <= to - address;
    }
}
