// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** A machine of which a snapshot can be taken. */
public interface RecordableMachine extends Machine {

    /** QEMU's run state, such as {@code running}, {@code paused} or {@code internal-error}. */
    String status();

    /**
     * Completes the snapshot that has this machine's memory: writes the state of its devices and its variable store. The machine must be
     * paused, and is of no further use.
     *
     * @throws MachineFault if it does not answer, or a file cannot be written
     */
    void saveTo(Snapshot snapshot);
}
