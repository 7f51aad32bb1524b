// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A lock on a file that many may share or one have alone, between processes and within this one. A process that dies lets go of it. The
 * system's file locks belong to the JVM as a whole, hence the count of holders here.
 */
public final class SharedLock implements AutoCloseable {

    /** The JVM's hold on one file. */
    private static final class Hold {
        private FileChannel channel;
        /** The number of holders who share it, or -1 for one who has it alone. */
        private int holders;
    }

    private static final Map<Path, Hold> HOLDS = new HashMap<>();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path file;
    private boolean closed;

    private SharedLock(Path file) {
        this.file = file;
    }

    /** Waits until nobody has the lock alone, for as long as making a snapshot may take. */
    static SharedLock shared(Path file) throws IOException {
        return waitFor(file, true);
    }

    /** Waits until nobody has the lock, likewise. */
    static SharedLock exclusive(Path file) throws IOException {
        return waitFor(file, false);
    }

    /** The lock for oneself, or empty if somebody has it. */
    static Optional<SharedLock> tryExclusive(Path file) throws IOException {
        synchronized (HOLDS) {
            return acquire(file.toAbsolutePath().normalize(), false);
        }
    }

    /** Bounded, because two harnesses that each wait for what the other holds would wait for ever. */
    private static SharedLock waitFor(Path given, boolean shared) throws IOException {
        Path file = given.toAbsolutePath().normalize();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (HOLDS) {
            while (System.nanoTime() < deadline) {
                Optional<SharedLock> lock = acquire(file, shared);
                if (lock.isPresent()) {
                    return lock.get();
                }
                pause();
            }
        }
        throw new IOException(file + " is locked by another harness for longer than " + PATIENCE.toSeconds() + " s");
    }

    private static Optional<SharedLock> acquire(Path file, boolean shared) throws IOException {
        Hold hold = HOLDS.getOrDefault(file, new Hold());
        if (hold.holders != 0 && !(shared && hold.holders > 0)) {
            return Optional.empty();
        }
        if (hold.holders == 0 && !lock(hold, file, shared)) {
            return Optional.empty();
        }
        hold.holders = shared ? hold.holders + 1 : -1;
        HOLDS.put(file, hold);
        return Optional.of(new SharedLock(file));
    }

    private static boolean lock(Hold hold, Path file, boolean shared) throws IOException {
        hold.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = hold.channel.tryLock(0, Long.MAX_VALUE, shared);
        if (lock == null) {
            hold.channel.close();
        }
        return lock != null;
    }

    private static void pause() throws IOException {
        try {
            HOLDS.wait(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for a lock was interrupted", e);
        }
    }

    /**
     * Makes the file's date that of now. By writing to the channel that has the lock: whoever opens and closes the file in another way, as
     * setting its date does, gives up the lock that the JVM has on it (fcntl(2), advisory record locking).
     */
    void touch() {
        synchronized (HOLDS) {
            try {
                HOLDS.get(file).channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
            } catch (IOException e) {
                // A full disk may hold snapshots all the same; this one looks a little older than it is.
                return;
            }
        }
    }

    @Override
    public void close() {
        synchronized (HOLDS) {
            Hold hold = HOLDS.get(file);
            if (closed || hold == null) {
                return;
            }
            closed = true;
            hold.holders = hold.holders > 0 ? hold.holders - 1 : 0;
            if (hold.holders == 0) {
                HOLDS.remove(file);
                release(hold);
            }
            HOLDS.notifyAll();
        }
    }

    private static void release(Hold hold) {
        try {
            // Closing the channel gives up the lock with it.
            hold.channel.close();
        } catch (IOException e) {
            return;
        }
    }
}
