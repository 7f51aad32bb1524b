// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.Device;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.GuestProgram;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One kind of thing that boots after the UEFI application. */
public interface Guest {

    GuestKind kind();

    /**
     * The files of the EFI system partition it boots from: path in the partition to file on the host.
     *
     * @param scratch a folder for files that have to be made first
     */
    Map<String, Path> media(Path scratch);

    /** Which release of somebody else's system it is, in words; empty where it is this project's own. */
    Optional<String> release();

    /** What the UEFI application starts. */
    GuestProgram program();

    /** What its driver is told to do beside what the cell asks, where it is told anything. */
    Optional<String> task();

    /** What the guest asks of QEMU's fw_cfg besides its plan: the file's name there to the file on the host. */
    Map<String, Path> fwCfg();

    /** What the exit status of the machine's process means. */
    Ending ending(int exitStatus);

    /** The devices that it wants beside those that every machine has. */
    Set<Device> devices();

    /** The events that must not come from a quiet guest. */
    Set<String> complaints();

    /** Whether what it writes to the first serial port is its kernel's log. */
    boolean logs();

    /** What a reason for which it could not go on means, as a sentence without a full stop; empty for a reason that nobody knows. */
    Optional<String> fatal(String reason);
}
