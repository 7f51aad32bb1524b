// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.util.OptionalInt;

/** A process of this computer that outlives neither this object, nor the JVM, nor the time that was set. */
public interface HostProcess extends AutoCloseable {

    boolean alive();

    /** 128 + N where signal N ended it; empty while it lives. */
    OptionalInt exitStatus();

    /** The end of what it wrote to its standard output and error, on one line. */
    String lastWords();

    /** Sends SIGKILL and waits until the process has gone. */
    @Override
    void close();
}
