// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;

/**
 * What belongs to one machine alone.
 *
 * @param vars    its copy of the firmware's variable store
 * @param qmp     the socket on which the harness waits for QEMU's monitor
 * @param serial  what the names of the second serial port's two files start with: BASE.in, BASE.out
 */
public record Endpoints(Path vars, Path qmp, Path serial) {

    static Endpoints in(Path folder) {
        return new Endpoints(folder.resolve("vars.fd"), folder.resolve("qmp"), folder.resolve("com2"));
    }

    /** The socket on which the harness waits for the first serial port of an interactive machine. */
    Path console() {
        return serial.resolveSibling("com1");
    }

    /** The socket on which QEMU waits for a debugger, once it has been told to. */
    Path debugger() {
        return serial.resolveSibling("gdb");
    }

    /** BASE.in: a named pipe into which the harness speaks. */
    Path speak() {
        return serial.resolveSibling(serial.getFileName() + ".in");
    }

    /** BASE.out: where QEMU writes what the port says. */
    Path hear() {
        return serial.resolveSibling(serial.getFileName() + ".out");
    }
}
