// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineSpec;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a machine to where the UEFI application reads a plan, in one way or another. Safe for use by several threads. */
public interface Boot {

    /** The word for this way in results. */
    String kind();

    /**
     * Starts a machine that will read this plan.
     *
     * @param plan    file that holds the encoded plan
     * @param console file for what the first serial port says
     * @param channel file for what the second serial port says; a virtio port has {@link MachineSpec#portLog(Path)} beside it
     */
    Machine start(Path plan, Path console, Path channel);

    /** The same way with machines that start anew where a guest resets them, and do not end there. */
    Boot restarting();

    /** What a machine's second serial port had said before it was started here: a snapshot's past. */
    default byte[] said() {
        return new byte[0];
    }

    /** Such a machine before its first instruction, for a person to start: without its plan and its logs. Empty if there is none. */
    default Optional<MachineSpec> fromReset() {
        return Optional.empty();
    }

    /** Whether a range of physical addresses is RAM of such a machine. */
    boolean isRam(long address, long bytes);
}
