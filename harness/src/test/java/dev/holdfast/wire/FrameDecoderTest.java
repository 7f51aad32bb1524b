// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

    private static final Frame FRAME = new Frame(7, "driver.mapped", Map.of("status", "0x0"));

    private final List<Frame> seen = new ArrayList<>();
    private final FrameDecoder decoder = new FrameDecoder(seen::add);

    @Test
    void aFrameIsDecodedWithItsSequenceSourceAndFields() {
        feed(FRAME.encode());

        assertThat(seen).containsExactly(FRAME);
        assertThat(seen.get(0).source()).isEqualTo("driver");
        assertThat(seen.get(0).number("status")).contains(0L);
        assertThat(decoder.noiseBytes()).isZero();
    }

    @Test
    void theChecksumIsTheOneThatTheFormatDescribes() {
        // Computed bit by bit, not with the class under test.
        feed(("HF1 0 uefi.ready version=1 #" + String.format("%08X", slowCrc("HF1 0 uefi.ready version=1 ")) + "\n").getBytes(ISO_8859_1));

        assertThat(seen).hasSize(1);
    }

    @Test
    void itDoesNotMatterInWhichPortionsTheBytesCome() {
        byte[] line = FRAME.encode();
        for (byte octet : line) {
            feed(new byte[] {octet});
        }

        assertThat(seen).containsExactly(FRAME);
    }

    @Test
    void aFrameIsFoundAfterNoiseOnItsLineAndBeforeACarriageReturn() {
        String line = new String(FRAME.encode(), ISO_8859_1).replace("\n", "\r\n");
        feed(("\u001B[2J\u001B[01;01H[    0.1] kernel says HF1 nothing " + line).getBytes(ISO_8859_1));

        assertThat(seen).containsExactly(FRAME);
        assertThat(decoder.noiseBytes()).isEqualTo("\u001B[2J\u001B[01;01H[    0.1] kernel says HF1 nothing ".length());
        assertThat(decoder.damagedFrames()).isZero();
    }

    @Test
    void megabytesWithoutALineFeedAreDroppedAndTheFrameThatFollowsIsFound() {
        byte[] noise = new byte[1024 * 1024];
        Arrays.fill(noise, (byte) 'x');
        for (int i = 0; i < 8; i++) {
            feed(noise);
        }
        feed(FRAME.encode());

        assertThat(seen).containsExactly(FRAME);
        assertThat(decoder.noiseBytes()).isEqualTo(8L * noise.length);
    }

    @Test
    void noBytesWhateverMakeItThrowOrInventAFrame() {
        Random random = new Random(42);
        byte[] noise = new byte[64 * 1024];
        for (int round = 0; round < 50; round++) {
            random.nextBytes(noise);
            for (int i = 0; i + 64 < noise.length; i += 40 + random.nextInt(200)) {
                byte[] bait = "\nHF1 1 uefi.end =%#% #0000000\n".getBytes(ISO_8859_1);
                System.arraycopy(bait, 0, noise, i, bait.length);
            }
            feed(noise);
        }
        decoder.finish();

        assertThat(seen).isEmpty();
        assertThat(decoder.damagedFrames()).isPositive();
        assertThat(decoder.lastDamaged()).hasSizeLessThanOrEqualTo(80).matches("[\\x20-\\x7E…]*");
    }

    @Test
    void anySingleChangedByteIsNoticed() {
        byte[] line = FRAME.encode();
        for (int i = 0; i < line.length - 1; i++) {
            byte[] changed = line.clone();
            changed[i] ^= 0x01;
            feed(changed);
        }

        assertThat(seen).isEmpty();
    }

    @Test
    void aFrameThatIsCutShortIsCountedAndShown() {
        byte[] line = FRAME.encode();
        decoder.feed(line, 0, line.length - 6);
        decoder.finish();

        assertThat(seen).isEmpty();
        assertThat(decoder.damagedFrames()).isEqualTo(1);
        assertThat(decoder.lastDamaged()).startsWith("HF1 7 driver.mapped status=0x0 #");
    }

    @Test
    void aFrameLongerThanAFrameMayBeIsNotOne() {
        String body = "HF1 0 uefi.ready text=" + "x".repeat(1100) + " ";
        feed((body + "#" + String.format("%08X", slowCrc(body)) + "\n").getBytes(ISO_8859_1));

        assertThat(seen).isEmpty();
    }

    @Test
    void linesThatBreakTheFieldRulesAreNoFramesHoweverSoundTheirChecksum() {
        for (String body : List.of("HF1 0 uefi.ready a=1 a=2 ", "HF1 0 UEFI.READY ", "HF1 01 uefi.ready ", "HF1 -1 uefi.ready ",
                "HF1 0 uefi.ready a ", "HF1 0 uefi.ready a=%4 ", "HF1 0 uefi.ready a=%zz ", "HF1 0 uefi.ready =1 ", "HF1 0  ",
                "HF1 99999999999 uefi.ready ", "HF1 ")) {
            feed((body + "#" + String.format("%08X", slowCrc(body)) + "\n").getBytes(ISO_8859_1));
        }

        assertThat(seen).isEmpty();
    }

    @Test
    void escapedValuesComeBackAsTheyWereSent() {
        Frame frame = new Frame(0, "guest.bugcheck", Map.of("text", "a b=c#d%e\n\u001B[31m\u00FF", "empty", ""));
        feed(frame.encode());

        assertThat(seen).containsExactly(frame);
        assertThat(seen.get(0).toString()).doesNotContain("\u001B").doesNotContain("\n");
    }

    private void feed(byte[] bytes) {
        decoder.feed(bytes, 0, bytes.length);
    }

    /** Bit by bit, as RFC 3720 describes it. */
    private static int slowCrc(String text) {
        int crc = -1;
        for (byte octet : text.getBytes(ISO_8859_1)) {
            crc ^= octet & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        return ~crc;
    }
}
