// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.run.CellResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A run on a terminal: a row a cell, or grids with a mark a cell where there are many; then what failed, in words. */
public final class ResultTable {

    private static final int MAX_ROWS = 24;

    private final Palette palette;
    private final int width;
    private final String replay;

    /**
     * @param width  columns of the terminal, 60 or more
     * @param replay the command that runs one cell again, to which its id is added
     */
    public ResultTable(Palette palette, int width, String replay) {
        this.palette = palette;
        this.width = width;
        this.replay = replay;
    }

    public String render(Collection<CellSummary> cells) {
        String table = cells.size() <= MAX_ROWS ? new CellTable(palette, width).render(List.copyOf(cells))
                : new GridTable(palette, width).render(cells);
        return table + new Failures(palette, width, replay).render(cells);
    }

    /** The same for results that are in no results file. */
    public String render(List<CellResult> results) {
        List<CellSummary> cells = new ArrayList<>();
        try {
            for (CellResult result : results) {
                cells.add(CellReader.read(Json.MAPPER.readTree(Results.line(cells.size(), result, List.of(), Path.of("")))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return render((Collection<CellSummary>) cells);
    }
}
