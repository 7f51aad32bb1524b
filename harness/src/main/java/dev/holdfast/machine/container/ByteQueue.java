// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An input stream of what others put into it. Unlike a piped stream it does not care which threads do so, and wakes its reader at once. */
final class ByteQueue extends InputStream {

    private static final byte[] END = new byte[0];
    private static final long CHECK_MILLIS = 100;

    private final BlockingQueue<byte[]> portions;
    private byte[] portion = new byte[0];
    private int next;
    private volatile boolean ended;

    /** @param capacity how many portions may wait to be read before {@link #put} waits */
    ByteQueue(int capacity) {
        portions = new LinkedBlockingQueue<>(capacity);
    }

    /** @return whether somebody may yet read it */
    boolean put(byte[] bytes) {
        try {
            while (!ended) {
                if (bytes.length == 0 || portions.offer(bytes, CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Says that nothing more will come; the reader gets what is there. */
    void end() {
        ended = true;
        portions.offer(END);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        try {
            while (next == portion.length) {
                byte[] taken = portions.poll(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                if (taken == END || taken == null && ended) {
                    return -1;
                }
                if (taken != null) {
                    portion = taken;
                    next = 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the wait for input was interrupted", e);
        }
        int copied = Math.min(length, portion.length - next);
        System.arraycopy(portion, next, into, offset, copied);
        next += copied;
        return copied;
    }
}
