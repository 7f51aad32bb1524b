// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A way to start the process of a machine that is forked from a snapshot. */
@FunctionalInterface
public interface Launcher {

    /** A process from scratch for each machine. */
    Launcher DIRECT = (commandLine, from, lifetime) -> new QemuProcess(commandLine, Optional.of(from.state()), lifetime);

    /**
     * Starts a process that has the snapshot's state open for reading as {@link QemuProcess#INPUT_DESCRIPTOR}.
     *
     * @param lifetime after which it is ended
     * @throws EnvironmentFault if it cannot be started
     */
    HostProcess launch(List<String> commandLine, MachineSpec.Origin.Forked from, Duration lifetime);
}
