// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a boot said of one mapping. A guest that tries several of them says, of each, that it begins; what follows from the same source is
 * about that one.
 *
 * @param frames   in their order
 * @param followed whether the source had more to say afterwards
 */
record MappingFrames(List<Frame> frames, boolean followed) {

    private static final String BEGINS = ".mapping";
    private static final List<String> OUTCOMES = List.of("mapped", "damaged", "checked", "unmapped");

    static MappingFrames of(Transcript transcript, Cell cell) {
        if (!cell.guest().triesManyMappings()) {
            return new MappingFrames(transcript.frames().stream().filter(frame -> frame.source().equals("driver")).toList(), true);
        }
        List<Frame> own = new ArrayList<>();
        boolean followed = false;
        String source = "";
        for (Frame frame : transcript.frames()) {
            if (frame.event().endsWith(BEGINS) && own.isEmpty() && label(frame).equals(cell.mapping().label())) {
                source = frame.source();
                own.add(frame);
            } else if (!own.isEmpty() && frame.source().equals(source)) {
                followed |= !isOutcome(frame);
                if (!followed) {
                    own.add(frame);
                }
            }
        }
        return new MappingFrames(own, followed);
    }

    /** The mapping that a frame says is about to be tried, as cells' ids spell it. */
    static String label(Frame frame) {
        return frame.text("api").orElse("") + "." + frame.text("cache").orElse("");
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** The first frame of that event, its source left out of the name. */
    Optional<Frame> first(String event) {
        return all(event).findFirst();
    }

    Stream<Frame> all(String event) {
        return frames.stream().filter(frame -> frame.event().endsWith("." + event));
    }

    private static boolean isOutcome(Frame frame) {
        return OUTCOMES.contains(frame.event().substring(frame.source().length() + 1));
    }
}
