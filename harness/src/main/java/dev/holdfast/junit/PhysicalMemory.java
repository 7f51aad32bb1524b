// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.InteractiveMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine's memory by physical address, whatever its guest has mapped. */
public final class PhysicalMemory {

    /** The most that is read at once, in bytes. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private final InteractiveMachine machine;
    private final Path folder;

    /** @param folder for what QEMU writes */
    PhysicalMemory(InteractiveMachine machine, Path folder) {
        this.machine = machine;
        this.folder = folder;
    }

    /**
     * What stands there at this moment.
     *
     * @param bytes 1..{@link #MAX_BYTES}
     * @throws dev.holdfast.machine.MachineFault if the machine has gone, or QEMU refuses
     */
    public byte[] read(long address, int bytes) {
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("1.." + MAX_BYTES + " bytes can be read at once, not " + bytes);
        }
        try {
            Path dump = Files.createTempFile(folder, ".memory", null);
            try {
                machine.savePhysicalMemory(address, bytes, dump.toAbsolutePath());
                return Files.readAllBytes(dump);
            } finally {
                Files.deleteIfExists(dump);
            }
        } catch (IOException e) {
            throw new EnvironmentFault("what QEMU read of the memory cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes, while the machine's processors stand still.
     *
     * @param address of the first byte; all of them must be RAM
     * @throws dev.holdfast.machine.MachineFault if they are not, or the machine has gone
     */
    public void write(long address, byte[] bytes) {
        machine.writePhysicalMemory(address, bytes);
    }
}
