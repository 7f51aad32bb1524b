// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What every boot stands on. Where it gives way, a boot that fails says nothing of its cell. */
public final class Premises {

    /** Below this QEMU soon cannot write what a guest says, and does not tell. */
    private static final long LEAST_ROOM_BYTES = 4 * 1024 * 1024;
    private static final int SAMPLE_BYTES = 64 * 1024;

    private final Runnable host;
    private final List<Path> folders;

    /**
     * @param host    throws an EnvironmentFault where the host of the machines has given way
     * @param folders that boots write to
     */
    public Premises(Runnable host, List<Path> folders) {
        this.host = host;
        this.folders = List.copyOf(folders);
    }

    /**
     * Looks at what can be seen at no cost.
     *
     * @throws EnvironmentFault if QEMU has gone or a disk is full
     */
    void glance() {
        host.run();
        for (Path folder : folders) {
            long room = roomIn(folder);
            if (room < LEAST_ROOM_BYTES) {
                throw new EnvironmentFault("the disk that holds " + folder + " is full (" + room / 1024
                        + " KiB left); make room there and carry on with --resume");
            }
        }
    }

    /**
     * Looks harder, after a boot that failed: quotas and disks that have become read-only show only when something is written.
     *
     * @throws EnvironmentFault if something has given way
     */
    void inspect() {
        glance();
        for (Path folder : folders) {
            try {
                Path sample = Files.createTempFile(folder, ".room", null);
                try {
                    Files.write(sample, new byte[SAMPLE_BYTES]);
                } finally {
                    Files.delete(sample);
                }
            } catch (IOException e) {
                throw new EnvironmentFault("the folder " + folder + " can no longer be written to (" + e.getMessage()
                        + "); mend that and carry on with --resume", e);
            }
        }
    }

    private static long roomIn(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new EnvironmentFault("the folder " + folder + " can no longer be read (" + e.getMessage()
                    + "); mend that and carry on with --resume", e);
        }
    }
}
