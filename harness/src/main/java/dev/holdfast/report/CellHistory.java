// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Optional;
import java.util.TreeMap;

/** What the last runs made of one cell. */
public final class CellHistory {

    private final String id;
    private final boolean model;
    private final TreeMap<Long, Mark> marks = new TreeMap<>();
    private String reason = "";
    private Since since;

    /**
     * The run from which on a cell has failed without a break.
     *
     * @param run     its number
     * @param started when its computer's clock said that it began
     */
    public record Since(long run, String started) {
    }

    CellHistory(String id, boolean model) {
        this.id = id;
        this.model = model;
    }

    /** To be called in the order of runs. */
    void add(long run, Mark mark, String why) {
        marks.put(run, mark);
        reason = why == null ? "" : Escaped.of(why);
    }

    void failsSince(long run, String started) {
        since = new Since(run, started);
    }

    public String id() {
        return id;
    }

    public boolean model() {
        return model;
    }

    /** Why the newest verdict is what it is; empty unless it is a failure, or flaky. */
    public String reason() {
        return reason;
    }

    /** Empty if its newest verdict is no failure. */
    public Optional<Since> failing() {
        return Optional.ofNullable(since);
    }

    /** How often its verdict became another; a flaky one is another than a pass. */
    public int flips() {
        int flips = 0;
        Mark before = null;
        for (Mark mark : marks.values()) {
            flips += before != null && before != mark ? 1 : 0;
            before = mark;
        }
        return flips;
    }

    /** The mark that a run gave it; empty if the run did not have it. */
    Optional<Mark> in(long run) {
        return Optional.ofNullable(marks.get(run));
    }
}
