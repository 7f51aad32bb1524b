// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The host's ends of the machine's second serial port, as QEMU's pipe backend wants them: BASE.in, a named pipe into which the harness
 * speaks, and BASE.out, into which QEMU writes what the port says. The latter leads to a regular file, which takes every byte at
 * once: the guest never waits for the harness to read, and nothing is woken for each byte.
 */
final class SerialFiles implements AutoCloseable {

    private final RandomAccessFile in;

    /**
     * @param endpoints of which the named pipe is there already
     * @param log       the file for what the port says
     */
    SerialFiles(Endpoints endpoints, Path log) {
        try {
            Files.deleteIfExists(log);
            Files.createFile(log);
            Files.createSymbolicLink(endpoints.hear(), log.toAbsolutePath());
            // Opened for reading too, lest opening it wait for QEMU to do so.
            in = new RandomAccessFile(endpoints.speak().toFile(), "rw");
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + log + " cannot be made: " + e.getMessage(), e);
        }
    }

    void send(int octet) {
        try {
            in.write(octet);
        } catch (IOException e) {
            throw new MachineFault("nothing can be said to the machine: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new MachineFault("a pipe cannot be closed: " + e.getMessage(), e);
        }
    }
}
