// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.run.KernelSeen.Attempt;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Printable;
import dev.holdfast.wire.Transcript;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads out of a boot's frames what its kernel said. */
final class KernelReader {

    private static final int MAX_ENTRIES = 32;
    private static final int MAX_WORD = 64;
    private static final int MAX_LINE = 200;

    private final Transcript transcript;
    private final Set<String> complaints;

    /** @param complaints the events that must not come from a quiet guest */
    KernelReader(Transcript transcript, Set<String> complaints) {
        this.transcript = transcript;
        this.complaints = complaints;
    }

    /** What it said of one cell of a boot that may have served several. */
    KernelSeen of(Cell cell, MappingFrames mapping, List<String> notes) {
        Set<String> others = transcript.frames().stream().filter(frame -> frame.event().endsWith(".mapping"))
                .map(MappingFrames::label).filter(label -> !label.equals(cell.mapping().label())).collect(Collectors.toSet());
        return new KernelSeen(attempt(mapping), regions(), complaints().filter(complaint -> !others.contains(complaint.during())).toList(),
                pressure(), afterReset(), notes, List.of());
    }

    private static Attempt attempt(MappingFrames mapping) {
        if (mapping.isEmpty()) {
            return Attempt.NOT_BEGUN;
        }
        boolean refused = mapping.first("mapped").flatMap(frame -> frame.number("status")).filter(status -> status != 0).isPresent();
        return refused || mapping.first("unmapped").isPresent() || mapping.followed() ? Attempt.DONE : Attempt.UNDER_WAY;
    }

    private List<KernelSeen.Region> regions() {
        return bounded("guest.region").map(frame -> new KernelSeen.Region(text(frame, "source", MAX_WORD), frame.number("at").orElse(0L),
                frame.number("end").orElse(0L), text(frame, "name", MAX_WORD))).toList();
    }

    /** Those in words; a model's are rules with a number. */
    private Stream<KernelSeen.Complaint> complaints() {
        return complaints.stream().flatMap(this::bounded).filter(frame -> frame.text("code").isEmpty())
                .map(frame -> new KernelSeen.Complaint(text(frame, "kind", MAX_WORD), text(frame, "text", MAX_LINE),
                        text(frame, "during", MAX_WORD)));
    }

    private List<KernelSeen.Stage> pressure() {
        return bounded("guest.pressure").map(frame -> new KernelSeen.Stage(text(frame, "stage", MAX_WORD), frame.number("bytes").orElse(0L),
                text(frame, "outcome", MAX_WORD))).toList();
    }

    private Optional<DriverCheck> afterReset() {
        return transcript.first("again.earlier").map(frame -> new DriverCheck(frame.number("pages").orElse(0L),
                frame.number("intact").orElse(0L), text(frame, "crc", MAX_WORD), List.of()));
    }

    private Stream<Frame> bounded(String event) {
        return transcript.all(event).limit(MAX_ENTRIES);
    }

    private static String text(Frame frame, String key, int limit) {
        return Printable.excerpt(frame.text(key).orElse(""), limit);
    }
}
