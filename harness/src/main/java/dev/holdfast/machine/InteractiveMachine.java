// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/** A machine into which somebody beside it may reach. */
public interface InteractiveMachine extends Machine {

    /**
     * Writes to its physical memory. Its processors stand still meanwhile.
     *
     * @param address of the first byte; all of them must be RAM
     * @throws MachineFault if they are not, or it does not answer
     */
    void writePhysicalMemory(long address, byte[] bytes);

    /**
     * Writes its state to a file: all that a machine of the same kind needs to go on from there. It must be paused, and may be resumed
     * afterwards if its memory is its own.
     *
     * @throws MachineFault if it does not answer, or the file cannot be written
     */
    void saveState(Path state);

    /**
     * Has QEMU's monitor do something.
     *
     * @param command   as the "QEMU QMP Reference Manual" names it
     * @param arguments the command's, by name
     * @return what the answer's {@code return} member holds
     * @throws MachineFault if QEMU reports an error, or does not answer
     */
    JsonNode qmp(String command, Map<String, ?> arguments);

    /**
     * Presses its reset button; from then on a guest that resets itself starts anew as well.
     *
     * @throws MachineFault if it does not answer
     */
    void reset();

    /**
     * Types at its first serial port; returns at once. What the port says, its log shows.
     *
     * @throws MachineFault if nobody can, or the guest does not read what was typed before
     */
    void type(byte[] bytes);
}
