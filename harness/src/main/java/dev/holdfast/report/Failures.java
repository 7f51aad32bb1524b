// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Collection;
import java.util.List;

/** The cells that somebody has to look at, in words: what was seen, what was promised, and the command to see it again. */
final class Failures {

    private static final int MAX_SHOWN = 20;
    private static final String INDENT = "  ";

    private final Palette palette;
    private final int width;
    private final String replay;

    Failures(Palette palette, int width, String replay) {
        this.palette = palette;
        this.width = width;
        this.replay = replay;
    }

    /** Failures first, then flaky cells, a bounded number of each. */
    String render(Collection<CellSummary> cells) {
        StringBuilder text = new StringBuilder();
        for (Mark mark : List.of(Mark.FAIL, Mark.FLAKY)) {
            List<CellSummary> marked = cells.stream().filter(cell -> Mark.of(cell) == mark).toList();
            marked.stream().limit(MAX_SHOWN).forEach(cell -> one(text, mark, cell));
            if (marked.size() > MAX_SHOWN) {
                text.append("\n… and ").append(marked.size() - MAX_SHOWN).append(" more ").append(mark.word()).append(" in ")
                        .append(ResultsWriter.NAME).append('\n');
            }
        }
        return text.toString();
    }

    private void one(StringBuilder text, Mark mark, CellSummary cell) {
        text.append('\n').append(palette.paint(mark, mark.word())).append(' ').append(cell.id()).append(cell.model() ? " (MODEL)" : "")
                .append('\n');
        for (int i = 0; i < cell.earlier().size(); i++) {
            Attempt attempt = cell.earlier().get(i);
            fold(text, "seen at try " + (i + 1) + ": " + attempt.reason());
            text.append(INDENT).append("kept in: ").append(attempt.folder()).append('\n');
        }
        fold(text, (cell.earlier().isEmpty() ? "seen: " : "seen at try " + cell.attempts() + ": ") + cell.reason());
        fold(text, "promised: " + cell.promised() + " (" + cell.source() + ")");
        text.append(INDENT).append("kept in: ").append(cell.folder()).append('\n');
        if (!cell.log().isEmpty()) {
            text.append(INDENT).append("the kernel's log ends:\n");
            cell.log().forEach(line -> text.append(INDENT).append(INDENT).append(line).append('\n'));
        }
        text.append(INDENT).append("again: ").append(replay).append(' ').append(cell.id()).append('\n');
    }

    private void fold(StringBuilder text, String words) {
        Words.fold(words, width - INDENT.length()).forEach(line -> text.append(INDENT).append(line).append('\n'));
    }
}
