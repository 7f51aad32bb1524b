// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The host's ends of the machine's second serial port, as QEMU's pipe backend wants them: BASE.in, a named pipe into which the harness
 * speaks, and BASE.out, into which QEMU writes what the port says. The latter leads to a regular file, which takes every byte at
 * once: the guest never waits for the harness to read, and nothing is woken for each byte.
 */
final class SerialFiles implements AutoCloseable {

    private final RandomAccessFile in;

    /**
     * @param base BASE
     * @param log  the file for what the port says
     */
    SerialFiles(Path base, Path log) {
        Path pipe = base.resolveSibling(base.getFileName() + ".in");
        Tools.run(Tools.require("mkfifo", "coreutils"), List.of("-m", "600", pipe.toString()));
        try {
            Files.deleteIfExists(log);
            Files.createFile(log);
            Files.createSymbolicLink(base.resolveSibling(base.getFileName() + ".out"), log.toAbsolutePath());
            // Opened for reading too, lest opening it wait for QEMU to do so.
            in = new RandomAccessFile(pipe.toFile(), "rw");
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
