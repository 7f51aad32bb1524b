// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came through a boot's two channels, which carry the same frames of its guest: one source and one number, one frame. Firmware knows
 * the serial port alone. Bounded as each {@link Transcript} is. For use by one thread at a time.
 */
public final class TwoChannels {

    private static final String SERIAL = "COM2";
    private static final String PORT = "the virtio port";
    private static final Set<String> OF_FIRMWARE = Set.of("uefi", "again");
    private static final int MAX_PROBLEMS = 16;
    private static final int MAX_EXCERPT = 120;

    private final Nonce nonce;
    private final Transcript serial;
    private final Transcript port;

    public TwoChannels(Nonce nonce) {
        this.nonce = nonce;
        this.serial = new Transcript(nonce);
        this.port = new Transcript(nonce);
    }

    /** What came through the second serial port. */
    public Transcript serial() {
        return serial;
    }

    /** What came through the virtio port. */
    public Transcript port() {
        return port;
    }

    /** The frame after which nothing is to come, through whichever channel it came. */
    public Optional<Frame> lastWords() {
        return serial.lastWords().or(port::lastWords);
    }

    /** Everything that was said, each frame once: what the serial port has, and in its place what only the virtio port has. */
    public Transcript merged() {
        Transcript merged = new Transcript(nonce);
        Set<Place> said = places(serial).keySet();
        Map<String, TreeMap<Long, Frame>> missing = new LinkedHashMap<>();
        places(port).entrySet().stream().filter(entry -> !said.contains(entry.getKey())).forEach(entry ->
                missing.computeIfAbsent(entry.getKey().source(), source -> new TreeMap<>()).put(entry.getKey().sequence(), entry.getValue()));
        for (Frame frame : serial.frames()) {
            TreeMap<Long, Frame> earlier = missing.getOrDefault(frame.source(), new TreeMap<>());
            while (!earlier.isEmpty() && earlier.firstKey() < frame.sequence()) {
                merged.accept(earlier.pollFirstEntry().getValue());
            }
            merged.accept(frame);
        }
        port.frames().stream().filter(frame -> missing.containsKey(frame.source()) && missing.get(frame.source()).remove(frame.sequence(), frame))
                .forEach(merged::accept);
        return merged;
    }

    /**
     * What is wrong with what came through either, and where the two disagree, a sentence each; at most 16.
     *
     * @param ended whether the boot proved its end, so that both must have the same frames to the last
     */
    public List<String> problems(boolean ended) {
        Set<String> problems = new LinkedHashSet<>(merged().problems());
        Set<String> common = new HashSet<>(problems);
        serial.problems().stream().filter(problem -> !common.contains(problem)).forEach(problem -> problems.add(SERIAL + ": " + problem));
        port.problems().stream().filter(problem -> !common.contains(problem)).forEach(problem -> problems.add(PORT + ": " + problem));
        if (silent().isEmpty()) {
            problems.addAll(disagreements());
            if (ended) {
                problems.addAll(cutShort());
            }
        }
        return problems.stream().limit(MAX_PROBLEMS).toList();
    }

    /** Which of the two had nothing of the guest to say while the other had, as a clause; such a boot is as good as any. */
    public Optional<String> silent() {
        boolean throughSerial = ofGuest(serial);
        boolean throughPort = ofGuest(port);
        if (throughSerial == throughPort) {
            return Optional.empty();
        }
        return Optional.of("every frame of the guest came through " + (throughSerial ? SERIAL : PORT) + ", none through "
                + (throughSerial ? PORT : SERIAL));
    }

    private static boolean ofGuest(Transcript transcript) {
        return transcript.frames().stream().anyMatch(frame -> !OF_FIRMWARE.contains(frame.source()));
    }

    private List<String> disagreements() {
        List<String> disagreements = new ArrayList<>();
        Map<Place, Frame> other = places(port);
        places(serial).forEach((place, frame) -> {
            Frame there = other.get(place);
            if (there != null && !there.equals(frame)) {
                disagreements.add("the two channels disagree: " + SERIAL + " has \"" + Printable.excerpt(frame.toString(), MAX_EXCERPT) + "\" as frame "
                        + place.sequence() + " of source " + Printable.excerpt(place.source(), 20) + ", " + PORT + " has \""
                        + Printable.excerpt(there.toString(), MAX_EXCERPT) + "\"");
            }
        });
        return disagreements;
    }

    /** Where the last frames of a source came through one channel alone; what is missing before them its transcript tells. */
    private List<String> cutShort() {
        List<String> cut = new ArrayList<>();
        Map<String, Long> throughSerial = lastOfEach(serial);
        Map<String, Long> throughPort = lastOfEach(port);
        Set<String> sources = new LinkedHashSet<>(throughSerial.keySet());
        sources.addAll(throughPort.keySet());
        sources.removeAll(OF_FIRMWARE);
        for (String source : sources) {
            long here = throughSerial.getOrDefault(source, -1L);
            long there = throughPort.getOrDefault(source, -1L);
            if (here != there) {
                cut.add("the two channels disagree: source " + Printable.excerpt(source, 20) + " has " + (here + 1) + " frames on " + SERIAL
                        + ", and " + (there + 1) + " on " + PORT);
            }
        }
        return cut;
    }

    private static Map<String, Long> lastOfEach(Transcript transcript) {
        Map<String, Long> last = new LinkedHashMap<>();
        transcript.frames().forEach(frame -> last.merge(frame.source(), frame.sequence(), Math::max));
        return last;
    }

    private static Map<Place, Frame> places(Transcript transcript) {
        Map<Place, Frame> places = new LinkedHashMap<>();
        transcript.frames().forEach(frame -> places.putIfAbsent(new Place(frame.source(), frame.sequence()), frame));
        return places;
    }

    /** A frame's place in what its source says. */
    private record Place(String source, long sequence) {
    }
}
