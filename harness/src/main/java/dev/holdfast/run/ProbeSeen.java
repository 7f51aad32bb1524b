// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Probe;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Printable;
import dev.holdfast.wire.Transcript;
import java.util.List;
import java.util.Optional;

/**
 * What a driver says of its probe.
 *
 * @param name  the probe's name, as the driver says it
 * @param steps in the order in which they came
 * @param ended how many steps the driver says it took; empty where it did not come to say so
 */
public record ProbeSeen(String name, List<Step> steps, Optional<Long> ended) {

    private static final int MAX_STEPS = 256;
    private static final int MAX_WORD = 64;

    /** One step; untrusted words, made printable. */
    public record Step(String name, String outcome, long status, long value) {

        static Step of(Frame frame) {
            return new Step(word(frame, "step"), word(frame, "outcome"), frame.number("status").orElse(0L),
                    frame.number("value").orElse(0L));
        }

        boolean is(Probe.Outcome other) {
            return outcome.equals(other.word());
        }

        /** Such as {@code grow-1: refused, 0xC000009A (STATUS_INSUFFICIENT_RESOURCES)}. */
        String words() {
            return name + ": " + outcome + (status == 0 ? "" : ", " + Codes.inWords(Codes.Space.NTSTATUS, status));
        }
    }

    public ProbeSeen {
        steps = List.copyOf(steps);
    }

    /** Empty where the driver says nothing of a probe. */
    static Optional<ProbeSeen> of(Transcript transcript) {
        List<Frame> frames = transcript.all("driver.probe").limit(MAX_STEPS).toList();
        Optional<Frame> end = transcript.first("driver.probe-end");
        Optional<Frame> any = frames.stream().findFirst().or(() -> end);
        return any.map(frame -> new ProbeSeen(word(frame, "name"), frames.stream().map(Step::of).toList(),
                end.map(last -> last.number("steps").orElse(-1L))));
    }

    private static String word(Frame frame, String key) {
        return Printable.excerpt(frame.text(key).orElse(""), MAX_WORD);
    }
}
