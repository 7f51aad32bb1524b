// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;

/**
 * How much RAM a machine has, and where. On q35, RAM begins at 0, leaves out the legacy hole below 1 MiB, and what does not lie below
 * 4 GiB goes on from 4 GiB (QEMU, hw/i386/pc_q35.c).
 *
 * @param name            its name in a cell's id
 * @param memoryMiB       all of the RAM, in MiB, 1 or more
 * @param belowFourGiBMiB how much of it lies below 4 GiB, in MiB, 1..{@code memoryMiB}
 */
public record MachineShape(String name, int memoryMiB, int belowFourGiBMiB) {

    /** Little more than OVMF boots in, since a fork costs by the page, and enough for every block of the forum thread. */
    public static final MachineShape SMALL = new MachineShape("56M", 56, 56);

    /** Enough for a general-purpose OS, and little enough to write to all of it. */
    public static final MachineShape MEDIUM = new MachineShape("256M", 256, 256);

    public static final List<MachineShape> TABLE = List.of(
            SMALL,
            new MachineShape("128M", 128, 128),
            new MachineShape("128M-split", 128, 64),
            MEDIUM,
            new MachineShape("256M-split", 256, 128),
            new MachineShape("512M", 512, 512));

    private static final long MIB = 1L << 20;
    private static final long LEGACY_HOLE = 0xA0000;
    private static final long LEGACY_HOLE_END = 0x100000;
    private static final long FOUR_GIB = 0x1_0000_0000L;

    public MachineShape {
        if (memoryMiB < 1 || belowFourGiBMiB < 1 || belowFourGiBMiB > memoryMiB) {
            throw new IllegalArgumentException("a machine cannot have " + belowFourGiBMiB + " of " + memoryMiB + " MiB below 4 GiB");
        }
    }

    public static Optional<MachineShape> named(String name) {
        return TABLE.stream().filter(shape -> shape.name.equalsIgnoreCase(name)).findFirst();
    }

    /** Whether some of the RAM lies from 4 GiB up. */
    public boolean split() {
        return belowFourGiBMiB < memoryMiB;
    }

    /** Where the RAM below 4 GiB ends: the address behind its last byte. */
    public long lowEnd() {
        return belowFourGiBMiB * MIB;
    }

    /** Where the RAM ends: the address behind its last byte. */
    public long end() {
        return split() ? FOUR_GIB + (memoryMiB - belowFourGiBMiB) * MIB : lowEnd();
    }

    /** Whether a physical range is RAM from its first byte to its last. Both numbers are unsigned. */
    public boolean isRam(long address, long bytes) {
        return within(address, bytes, 0, LEGACY_HOLE)
                || within(address, bytes, LEGACY_HOLE_END, lowEnd())
                || within(address, bytes, FOUR_GIB, end());
    }

    private static boolean within(long address, long bytes, long from, long to) {
        return address >= from && address < to && bytes > 0 && bytes <= to - address;
    }
}
