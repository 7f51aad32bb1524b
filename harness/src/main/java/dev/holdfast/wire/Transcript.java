// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All frames of one boot, and whether they are complete: each source counts its frames from 0 without a gap or a repetition, and its
 * closing frame bears the run's nonce and the number of frames that it sent. Bounded. For use by one thread at a time.
 */
public final class Transcript {

    /** The most frames that one boot may send: a memory map takes a hundred or so, a driver's report a dozen. */
    public static final int MAX_FRAMES = 10_000;

    /** The frames that end a source. Whoever sends one of {@link #LAST_WORDS} waits for the harness afterwards. */
    private static final List<String> CLOSING = List.of("uefi.handover", "uefi.end", "guest.end", "driver.end", "agent.end", "again.end");
    private static final List<String> LAST_WORDS = List.of("uefi.end", "guest.end", "again.end");
    /** What the UEFI application calls itself where it finds that it ran before the machine was reset. */
    private static final String AGAIN = "again";
    private static final int MAX_PROBLEMS = 16;

    private final Nonce nonce;
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private boolean flooded;

    public Transcript(Nonce nonce) {
        this.nonce = nonce;
    }

    public void accept(Frame frame) {
        if (frames.size() == MAX_FRAMES) {
            flooded = true;
            return;
        }
        frames.add(frame);
        sources.computeIfAbsent(frame.source(), Source::new).accept(frame);
    }

    /** Whether more frames came than a boot may send; those beyond {@link #MAX_FRAMES} were dropped. */
    public boolean flooded() {
        return flooded;
    }

    /** The frame after which nothing is to come, once it has come. */
    public Optional<Frame> lastWords() {
        return frames.stream().filter(frame -> LAST_WORDS.contains(frame.event())).findFirst();
    }

    public List<Frame> frames() {
        return List.copyOf(frames);
    }

    public int size() {
        return frames.size();
    }

    public Optional<Frame> first(String event) {
        return all(event).findFirst();
    }

    public Stream<Frame> all(String event) {
        return List.copyOf(frames).stream().filter(frame -> frame.event().equals(event));
    }

    /** What is wrong with the transcript, a sentence each; empty if it is whole as far as it goes. At most 16. */
    public List<String> problems() {
        List<String> all = new ArrayList<>(problems);
        if (flooded) {
            all.add("more than " + MAX_FRAMES + " frames came");
        }
        if (lastWords().isPresent()) {
            sources.values().stream().filter(source -> source.closing == null && !cutOff(source.name))
                    .forEach(source -> all.add("the " + source.name + " source has no closing frame"));
        }
        return List.copyOf(all);
    }

    /** A driver in a system that bugchecks is cut off in mid-sentence, and so is a system that is reset; everybody else must have finished. */
    private boolean cutOff(String source) {
        if (sources.containsKey(AGAIN)) {
            return !source.equals(AGAIN) && !source.equals("uefi");
        }
        return source.equals("driver") && first("guest.bugcheck").or(() -> first("driver.bugcheck")).isPresent();
    }

    private void problem(String text) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(text);
        }
    }

    private final class Source {
        private final String name;
        private long next;
        private Frame closing;

        Source(String name) {
            this.name = Printable.excerpt(name, 20);
        }

        void accept(Frame frame) {
            String event = Printable.excerpt(frame.event(), 40);
            if (frame.sequence() < next) {
                problem("frame " + frame.sequence() + " of source " + name + " was repeated (" + event + ")");
                return;
            }
            if (frame.sequence() > next) {
                problem(missing(frame.sequence()) + " of source " + name + " before " + event);
            }
            if (closing != null) {
                problem("source " + name + " sent " + event + " after its closing frame " + closing.event());
            }
            next = frame.sequence() + 1;
            if (CLOSING.contains(frame.event())) {
                close(frame);
            }
        }

        private void close(Frame frame) {
            closing = frame;
            String said = frame.text("nonce").orElse("");
            // Who could not read the plan has no nonce to show.
            boolean planless = said.isEmpty()
                    && (frame.event().equals("uefi.end") || frame.text("outcome").equals(Optional.of("fatal")));
            if (!planless && !said.equals(nonce.toString())) {
                problem(frame.event() + " bears the nonce \"" + Printable.excerpt(said, 40) + "\", not this run's " + nonce);
            }
            long count = frame.number("frames").orElse(-1L);
            if (count != next) {
                problem(frame.event() + " says that " + count + " frames were sent, and its own number makes it " + next);
            }
        }

        private String missing(long sequence) {
            return next == sequence - 1 ? "frame " + next + " is missing" : "frames " + next + ".." + (sequence - 1) + " are missing";
        }
    }
}
