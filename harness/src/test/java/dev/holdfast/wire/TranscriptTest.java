// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranscriptTest {

    private final Nonce nonce = Nonce.fresh();
    private final Transcript transcript = new Transcript(nonce);

    @Test
    void aWholeBootHasNoProblems() {
        say(0, "uefi.ready");
        close(1, "uefi.handover", 2);
        say(0, "guest.start");
        say(0, "driver.start");
        close(1, "driver.end", 2);
        close(1, "guest.end", 2);

        assertThat(transcript.problems()).isEmpty();
        assertThat(transcript.lastWords()).isPresent();
    }

    @Test
    void missingFramesAreNamedByNumberAndSource() {
        say(0, "uefi.ready");
        say(4, "uefi.map");

        assertThat(transcript.problems()).containsExactly("frames 1..3 are missing of source uefi before uefi.map");
    }

    @Test
    void aRepeatedFrameIsNamed() {
        say(0, "guest.start");
        say(1, "guest.driver");
        say(1, "guest.driver");

        assertThat(transcript.problems()).containsExactly("frame 1 of source guest was repeated (guest.driver)");
    }

    @Test
    void aClosingFrameOfAnotherRunIsNotBelieved() {
        frame(0, "guest.end", Map.of("nonce", Nonce.fresh().toString(), "frames", "1"));

        assertThat(transcript.problems()).singleElement().asString().contains("guest.end bears the nonce").contains(nonce.toString());
    }

    @Test
    void aClosingFrameMustCountTheFramesThatWereSent() {
        close(0, "guest.end", 9);

        assertThat(transcript.problems()).containsExactly("guest.end says that 9 frames were sent, and its own number makes it 1");
    }

    @Test
    void theApplicationThatHadNoPlanHasNoNonceToShow() {
        frame(0, "uefi.end", Map.of("nonce", "", "frames", "1"));

        assertThat(transcript.problems()).isEmpty();
    }

    @Test
    void aSourceThatWasCutOffIsNamedUnlessABugCheckExplainsIt() {
        say(0, "driver.start");
        close(0, "guest.end", 1);
        assertThat(transcript.problems()).containsExactly("the driver source has no closing frame");

        Transcript bugCheck = new Transcript(nonce);
        bugCheck.accept(new Frame(0, "driver.start", Map.of()));
        bugCheck.accept(new Frame(0, "guest.bugcheck", Map.of()));
        bugCheck.accept(new Frame(1, "guest.end", Map.of("nonce", nonce.toString(), "frames", "2")));
        assertThat(bugCheck.problems()).isEmpty();
    }

    @Test
    void aGuestThatResetItsMachineIsCutOffAndTheApplicationThatRunsAgainHasTheLastWord() {
        close(0, "uefi.handover", 1);
        say(0, "guest.start");
        say(0, "driver.start");
        say(0, "again.ready");
        assertThat(transcript.lastWords()).isEmpty();
        close(1, "again.end", 2);

        assertThat(transcript.lastWords()).isPresent();
        assertThat(transcript.problems()).isEmpty();
    }

    @Test
    void whatComesAfterAClosingFrameIsAProblem() {
        close(0, "driver.end", 1);
        say(1, "driver.mapped");

        assertThat(transcript.problems()).containsExactly("source driver sent driver.mapped after its closing frame driver.end");
    }

    @Test
    void aFloodIsBoundedInFramesAndInProblems() {
        for (int i = 0; i < 2 * Transcript.MAX_FRAMES; i++) {
            say(2L * i, "source" + i + ".event");
        }

        assertThat(transcript.flooded()).isTrue();
        assertThat(transcript.frames()).hasSize(Transcript.MAX_FRAMES);
        assertThat(transcript.problems()).hasSizeLessThan(20);
    }

    private void say(long sequence, String event) {
        frame(sequence, event, Map.of());
    }

    private void close(long sequence, String event, int frames) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("nonce", nonce.toString());
        fields.put("frames", Integer.toString(frames));
        frame(sequence, event, fields);
    }

    private void frame(long sequence, String event, Map<String, String> fields) {
        transcript.accept(new Frame(sequence, event, fields));
    }
}
