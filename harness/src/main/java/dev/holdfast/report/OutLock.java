// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps two runs out of one output folder. The lock goes with its holder, even one killed with SIGKILL; its file stays. */
public final class OutLock implements AutoCloseable {

    private static final String NAME = ".lock";

    /** Those of this JVM. To look whether one is locked would unlock it (fcntl(2), advisory record locking). */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OutLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws EnvironmentFault if somebody else has it, or the folder cannot be written to */
    public static OutLock take(Path folder) {
        Path file = folder.toAbsolutePath().normalize().resolve(NAME);
        if (!OWN.add(file)) {
            throw taken(folder);
        }
        try {
            return lock(folder, file);
        } catch (EnvironmentFault e) {
            OWN.remove(file);
            throw e;
        }
    }

    private static OutLock lock(Path folder, Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw taken(folder);
            }
            return new OutLock(file, channel);
        } catch (IOException e) {
            throw new EnvironmentFault("the output folder " + folder + " cannot be locked (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    private static EnvironmentFault taken(Path folder) {
        return new EnvironmentFault("another run is writing to " + folder + "; wait until it has ended, or choose another folder with --out");
    }

    @Override
    public void close() {
        OWN.remove(file);
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
