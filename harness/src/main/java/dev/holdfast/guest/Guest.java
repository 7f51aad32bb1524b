// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.plan.GuestKind;
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

    /** The EFI image to chain-load, as a path with backslashes. */
    String loaderPath();

    /** The driver, as a path with backslashes. */
    String driverPath();

    /** What the exit status of the machine's process means. */
    Ending ending(int exitStatus);

    /** The events that must not come from a quiet guest. */
    Set<String> complaints();
}
