// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames that come through two channels are one conversation, and where the two differ that is said. */
class TwoChannelsTest {

    private final Nonce nonce = Nonce.fresh();
    private final TwoChannels channels = new TwoChannels(nonce);
    private final List<Frame> guest = List.of(
            frame(0, "guest.start", "kind", "linux"),
            frame(0, "driver.start", "crc", "0"),
            frame(1, "driver.mapped", "status", "0x0"),
            frame(2, "driver.end", "nonce", nonce.toString(), "frames", "3"),
            frame(1, "guest.end", "nonce", nonce.toString(), "frames", "2", "outcome", "done"));

    @BeforeEach
    void theFirmwareSpeaksThroughTheSerialPortAlone() {
        channels.serial().accept(frame(0, "uefi.ready"));
        channels.serial().accept(frame(1, "uefi.handover", "nonce", nonce.toString(), "frames", "2"));
    }

    @Test
    void whatBothSayIsSaidOnce() {
        guest.forEach(channels.serial()::accept);
        guest.forEach(channels.port()::accept);

        assertThat(channels.problems(true)).isEmpty();
        assertThat(channels.silent()).isEmpty();
        assertThat(channels.merged().frames()).hasSize(2 + guest.size());
        assertThat(channels.lastWords()).isPresent();
    }

    @Test
    void oneChannelThatHasNothingOfTheGuestIsNotedAndNoProblem() {
        guest.forEach(channels.port()::accept);

        assertThat(channels.problems(true)).isEmpty();
        assertThat(channels.silent()).contains("every frame of the guest came through the virtio port, none through COM2");
        assertThat(channels.merged().frames()).extracting(Frame::event)
                .containsExactlyElementsOf(Stream.concat(Stream.of("uefi.ready", "uefi.handover"), guest.stream().map(Frame::event)).toList());
        assertThat(channels.lastWords()).isPresent();
    }

    @Test
    void theSerialPortAloneWillDoAsWell() {
        guest.forEach(channels.serial()::accept);

        assertThat(channels.problems(true)).isEmpty();
        assertThat(channels.silent()).contains("every frame of the guest came through COM2, none through the virtio port");
    }

    @Test
    void framesThatDifferAreAProblem() {
        guest.forEach(channels.serial()::accept);
        guest.stream().map(said -> said.event().equals("driver.mapped") ? frame(1, "driver.mapped", "status", "0x1") : said)
                .forEach(channels.port()::accept);

        assertThat(channels.problems(true)).containsExactly("the two channels disagree: COM2 has \"driver.mapped status=0x0\" as frame 1 of "
                + "source driver, the virtio port has \"driver.mapped status=0x1\"");
    }

    @Test
    void aFrameMissingInTheMiddleOfOneIsAProblemAndTakenFromTheOther() {
        guest.stream().filter(said -> !said.event().equals("driver.mapped")).forEach(channels.serial()::accept);
        guest.forEach(channels.port()::accept);

        assertThat(channels.problems(true)).containsExactly("COM2: frame 1 is missing of source driver before driver.end");
        assertThat(channels.merged().frames()).extracting(Frame::event).containsSubsequence("driver.start", "driver.mapped", "driver.end");
    }

    @Test
    void aFrameMissingInBothIsSaidOnce() {
        guest.stream().filter(said -> !said.event().equals("driver.mapped")).forEach(said -> {
            channels.serial().accept(said);
            channels.port().accept(said);
        });

        assertThat(channels.problems(true)).containsExactly("frame 1 is missing of source driver before driver.end");
    }

    @Test
    void aChannelThatStopsEarlyIsAProblemOnlyWhereTheBootProvedItsEnd() {
        guest.forEach(channels.serial()::accept);
        guest.stream().limit(3).forEach(channels.port()::accept);

        assertThat(channels.problems(false)).isEmpty();
        assertThat(channels.problems(true)).containsExactly(
                "the two channels disagree: source guest has 2 frames on COM2, and 1 on the virtio port",
                "the two channels disagree: source driver has 3 frames on COM2, and 2 on the virtio port");
    }

    @Test
    void whatIsSaidOfDisagreementsIsBoundedAndPrintable() {
        for (int i = 0; i < 2000; i++) {
            channels.serial().accept(frame(i, "guest.x", "text", "\u001B[31m" + i));
            channels.port().accept(frame(i, "guest.x", "text", "other"));
        }

        assertThat(channels.problems(true)).hasSizeLessThanOrEqualTo(16)
                .allMatch(problem -> problem.length() < 400 && problem.chars().noneMatch(c -> c < 0x20));
    }

    private static Frame frame(long sequence, String event, String... fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], fields[i + 1]);
        }
        return new Frame(sequence, event, values);
    }
}
