// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.time.Duration;
import java.util.Optional;

/**
 * Where QEMU runs. The paths in a machine's specification are this computer's, wherever that is, but for those of {@link #qemu} and
 * {@link #firmware}, which are the host's.
 */
public interface MachineHost extends AutoCloseable {

    /** The word for it in results, such as {@code local}. */
    String kind();

    Qemu qemu();

    /** As QEMU tells it. */
    String qemuVersion();

    Firmware firmware();

    /** What was found to execute guests' instructions. */
    Acceleration acceleration();

    /** Names what QEMU and the firmware were taken from, where that is not this computer: two of one name are alike in every byte. */
    default Optional<String> image() {
        return Optional.empty();
    }

    /** One line on what runs there. */
    default String describe() {
        return "QEMU " + qemuVersion() + ", " + firmware().code().getFileName() + ", " + acceleration().why();
    }

    /**
     * Starts a machine; one that is forked from a snapshot runs on from there when this returns.
     *
     * @param lifetime after which the machine is ended, whoever still holds it
     * @throws EnvironmentFault if it cannot be started
     * @throws MachineFault     if it cannot be forked from its snapshot
     */
    RecordableMachine start(MachineSpec spec, Duration lifetime);

    /**
     * Looks, at next to no cost, whether machines can still be started there.
     *
     * @throws EnvironmentFault if not
     */
    void glance();

    /** Ends what runs there, and leaves nothing behind. */
    @Override
    void close();
}
