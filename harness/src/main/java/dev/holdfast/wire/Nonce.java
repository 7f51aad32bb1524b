// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** A run's 128 random bits: whoever shows them has seen this run's block or plan, and no other's. */
public final class Nonce {

    public static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] bytes;

    private Nonce(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Nonce fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Nonce(bytes);
    }

    /**
     * @param text 32 hex digits, in the order in which the bytes stand in memory
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Nonce of(String text) {
        if (text.length() != 2 * BYTES) {
            throw new IllegalArgumentException("a nonce has " + 2 * BYTES + " hex digits, not " + text.length());
        }
        return new Nonce(HexFormat.of().parseHex(text));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** Bytes 0..7 as a little-endian number. */
    long low() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    /** Bytes 8..15 as a little-endian number. */
    long high() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(Long.BYTES);
    }

    /** 32 lower-case hex digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Nonce && Arrays.equals(bytes, ((Nonce) other).bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
