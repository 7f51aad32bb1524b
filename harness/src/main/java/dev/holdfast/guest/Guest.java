// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.GuestProgram;
import java.nio.file.Path;
import java.util.Map;
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

    /** What the UEFI application starts. */
    GuestProgram program();

    /** What the guest asks of QEMU's fw_cfg besides its plan: the file's name there to the file on the host. */
    Map<String, Path> fwCfg();

    /** What the exit status of the machine's process means. */
    Ending ending(int exitStatus);

    /** The events that must not come from a quiet guest. */
    Set<String> complaints();
}
