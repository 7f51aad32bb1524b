// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a guest program said, with a checksum that held. What it says is still untrusted: any program in the guest can write
 * a sound frame.
 *
 * @param sequence the sender's count, from 0
 * @param event    such as {@code driver.mapped}; the part before the first dot is the source
 * @param fields   keys and decoded values in their order; a value's characters are its bytes (ISO 8859-1)
 */
public record Frame(long sequence, String event, Map<String, String> fields) {

    /** What each frame starts with: the name and the version of the wire format. */
    public static final String START = "HF1 ";
    /** The longest frame with its line feed, in bytes. */
    public static final int MAX_BYTES = 1024;

    public Frame {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The program that sent it, such as {@code uefi}, {@code guest} or {@code driver}. */
    public String source() {
        int dot = event.indexOf('.');
        return dot < 0 ? event : event.substring(0, dot);
    }

    /** The value of a key, empty where the frame has none. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    /** The value of a key as an unsigned number, hex after {@code 0x} or decimal; empty where there is none or it is no number. */
    public Optional<Long> number(String key) {
        String value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(value.startsWith("0x")
                    ? Long.parseUnsignedLong(value.substring(2), 16)
                    : Long.parseUnsignedLong(value));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The frame's line, line feed included.
     *
     * @throws IllegalArgumentException if it is longer than {@link #MAX_BYTES}
     */
    public byte[] encode() {
        StringBuilder line = new StringBuilder(START).append(sequence).append(' ').append(event).append(' ');
        fields.forEach((key, value) -> line.append(key).append('=').append(escape(value)).append(' '));
        int crc = Crc32c.of(line.toString().getBytes(StandardCharsets.ISO_8859_1));
        byte[] bytes = line.append('#').append(Crc32c.digits(crc)).append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a frame has at most " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return bytes;
    }

    /** For people: the event and its fields, with everything unprintable escaped. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(event);
        fields.forEach((key, value) -> text.append(' ').append(key).append('=').append(escape(value)));
        return text.toString();
    }

    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length());
        for (char c : value.toCharArray()) {
            boolean plain = c > 0x20 && c < 0x7F && c != '%' && c != '#' && c != '=';
            escaped.append(plain ? String.valueOf(c) : "%" + (c < 0x10 ? "0" : "") + Hex.of(c).substring(2));
        }
        return escaped.toString();
    }
}
