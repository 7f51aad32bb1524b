// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the last bytes of a stream. */
public final class Tail extends OutputStream {

    private static final int KEPT_BYTES = 2048;

    private final byte[] ring = new byte[KEPT_BYTES];
    private long written;

    @Override
    public synchronized void write(int octet) {
        ring[(int) (written++ % KEPT_BYTES)] = (byte) octet;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = 0; i < length; i++) {
            write(bytes[offset + i]);
        }
    }

    /** What was kept, on one line. */
    public synchronized String text() {
        int length = (int) Math.min(written, KEPT_BYTES);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % KEPT_BYTES)];
        }
        return new String(tail, StandardCharsets.UTF_8).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
