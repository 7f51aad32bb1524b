// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two runs out of one output folder. The lock goes with its holder, even one killed with SIGKILL; its file stays. */
public final class OutLock implements AutoCloseable {

    private static final String NAME = ".lock";

    private final FileChannel channel;

    private OutLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws EnvironmentFault if somebody else has it, or the folder cannot be written to */
    public static OutLock take(Path folder) {
        try {
            FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new EnvironmentFault("another run is writing to " + folder
                        + "; wait until it has ended, or choose another folder with --out");
            }
            return new OutLock(channel);
        } catch (IOException e) {
            throw new EnvironmentFault("the output folder " + folder + " cannot be locked (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
