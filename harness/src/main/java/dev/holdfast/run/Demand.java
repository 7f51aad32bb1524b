// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;

/**
 * What a cell takes of this computer, as it is estimated before it runs.
 *
 * @param memoryMiB what its machine may come to occupy
 * @param work      for comparing cells with one another: the bytes of guest memory that its boot overwrites, or the like of it
 */
record Demand(int memoryMiB, long work) {

    /** What QEMU takes beside the machine's RAM: its own code and heap, the firmware, the code that TCG has translated. */
    static final int OVERHEAD_MIB = 128;

    private static final long MIB = 1024 * 1024;
    /**
     * What a byte of the block costs, in bytes of RAM that a guest overwrites: it is made from a keystream and put through a checksum, by
     * the UEFI application, the driver and the host. Measured under TCG, where this is 1.3 ms a page and 3.9 ms a MiB of RAM.
     */
    private static final int COST_OF_BLOCK = 85;

    /** @param machineMiB the RAM of the cell's machine, of which a guest overwrites all that it may */
    static Demand of(Cell cell, int machineMiB) {
        return new Demand(machineMiB + OVERHEAD_MIB, machineMiB * MIB + COST_OF_BLOCK * cell.reservation().bytes());
    }
}
