// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one line as a frame, or says that it is none. */
final class FrameParser {

    /** The space that fields end in, {@code #} and eight digits. */
    private static final Pattern CHECKSUM = Pattern.compile(".* #[0-9A-F]{8}", Pattern.DOTALL);
    private static final int CHECKSUM_DIGITS = 8;
    private static final Pattern HEAD = Pattern.compile("(0|[1-9][0-9]{0,8}) ([a-z0-9.-]{1,64}) ");
    private static final Pattern FIELD = Pattern.compile("([a-z0-9.-]{1,64})=([\\x21-\\x7E&&[^#=]]*) ");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-F]{2})?");

    private FrameParser() {
    }

    /** Whether a line ends as every frame does; most noise is told apart by this alone. */
    static boolean endsLikeAFrame(String line) {
        return line.length() > CHECKSUM_DIGITS + 2 && CHECKSUM.matcher(line.substring(line.length() - CHECKSUM_DIGITS - 2)).matches();
    }

    /** The first frame that begins anywhere in the line and whose checksum holds to the line's end. */
    static Optional<Frame> parse(String line) {
        if (!endsLikeAFrame(line)) {
            return Optional.empty();
        }
        for (int start = line.indexOf(Frame.START); start >= 0; start = line.indexOf(Frame.START, start + 1)) {
            String candidate = line.substring(start);
            if (candidate.length() < Frame.MAX_BYTES && checksumHolds(candidate)) {
                return fields(candidate.substring(Frame.START.length(), candidate.length() - CHECKSUM_DIGITS - 1));
            }
        }
        return Optional.empty();
    }

    private static boolean checksumHolds(String candidate) {
        int covered = candidate.length() - CHECKSUM_DIGITS - 1;
        byte[] bytes = candidate.getBytes(StandardCharsets.ISO_8859_1);
        return Crc32c.digits(Crc32c.of(bytes, 0, covered)).equals(candidate.substring(covered + 1));
    }

    private static Optional<Frame> fields(String body) {
        Matcher head = HEAD.matcher(body);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher field = FIELD.matcher(body);
        int end = head.end();
        while (end < body.length()) {
            if (!field.region(end, body.length()).lookingAt()) {
                return Optional.empty();
            }
            Optional<String> value = unescape(field.group(2));
            if (value.isEmpty() || fields.put(field.group(1), value.get()) != null) {
                return Optional.empty();
            }
            end = field.end();
        }
        return Optional.of(new Frame(Long.parseLong(head.group(1)), head.group(2), fields));
    }

    private static Optional<String> unescape(String value) {
        Matcher escape = ESCAPE.matcher(value);
        StringBuilder plain = new StringBuilder(value.length());
        while (escape.find()) {
            if (escape.group(1) == null) {
                return Optional.empty();
            }
            char c = (char) Integer.parseInt(escape.group(1), 16);
            escape.appendReplacement(plain, Matcher.quoteReplacement(String.valueOf(c)));
        }
        return Optional.of(escape.appendTail(plain).toString());
    }
}
