// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.List;

/**
 * How a run differs from its baseline.
 *
 * @param newlyFailing cells that fail and did not, the only ones that make a run worse
 * @param newlyPassing cells that failed and do not
 * @param changed      cells that show something else under the same verdict
 * @param gone         cells of the baseline that were asked for and are there no more
 * @param added        cells that do not fail and that the baseline does not have
 */
public record Comparison(List<Change> newlyFailing, List<Change> newlyPassing, List<Change> changed, List<Change> gone,
                         List<Change> added) {

    private static final int MAX_SHOWN = 20;
    private static final String INDENT = "    ";

    /** One cell, and how it differs, in words. */
    public record Change(String id, boolean model, String words) {
    }

    public Comparison {
        newlyFailing = List.copyOf(newlyFailing);
        newlyPassing = List.copyOf(newlyPassing);
        changed = List.copyOf(changed);
        gone = List.copyOf(gone);
        added = List.copyOf(added);
    }

    /** Whether the run is worse than its baseline. */
    public boolean regressed() {
        return !newlyFailing.isEmpty();
    }

    /**
     * The differences in words, at most {@value #MAX_SHOWN} cells of a kind.
     *
     * @param width columns of the terminal
     */
    public String render(int width) {
        StringBuilder text = new StringBuilder("against the baseline: ").append(newlyFailing.size()).append(" newly failing, ")
                .append(newlyPassing.size()).append(" newly passing, ").append(changed.size()).append(" changed, ")
                .append(gone.size()).append(" gone, ").append(added.size()).append(" new\n");
        section(text, "newly failing", newlyFailing, width);
        section(text, "newly passing", newlyPassing, width);
        section(text, "changed", changed, width);
        section(text, "gone", gone, width);
        section(text, "new", added, width);
        return text.toString();
    }

    private static void section(StringBuilder text, String name, List<Change> changes, int width) {
        for (Change change : changes.subList(0, Math.min(MAX_SHOWN, changes.size()))) {
            text.append("  ").append(name).append(": ").append(change.id()).append(change.model() ? " (MODEL)" : "").append('\n');
            Words.fold(change.words(), width - INDENT.length()).forEach(line -> text.append(INDENT).append(line).append('\n'));
        }
        if (changes.size() > MAX_SHOWN) {
            text.append("  … and ").append(changes.size() - MAX_SHOWN).append(" more ").append(name).append('\n');
        }
    }
}
