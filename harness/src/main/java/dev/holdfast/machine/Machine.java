// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A running virtual computer, as somebody beside it sees it. Closing it ends it, whatever state it is in. */
public interface Machine extends AutoCloseable {

    /** Whether it still exists. */
    boolean alive();

    /** Whether its guest's kernel has panicked, as far as it can tell: such a machine stands still. */
    boolean panicked();

    /** What its process ended with, once it has. */
    OptionalInt exitStatus();

    /** What it last complained about, in one line; empty if it did not. */
    String lastWords();

    /** The command that started it. */
    List<String> commandLine();

    /**
     * Stops its processors.
     *
     * @throws MachineFault if it does not answer
     */
    void pause();

    /** @throws MachineFault if it does not answer */
    void resume();

    /**
     * Writes a range of its physical memory to a file.
     *
     * @throws MachineFault if it does not answer, or refuses
     */
    void savePhysicalMemory(long address, long bytes, Path file);

    /**
     * Writes a picture of its screen, in PNG.
     *
     * @throws MachineFault if it has no display, or does not answer
     */
    void screenshot(Path file);

    /** Sends a byte to its second serial port. A machine that has gone does not receive it. What the port says, its log shows. */
    void send(int octet);

    @Override
    void close();
}
