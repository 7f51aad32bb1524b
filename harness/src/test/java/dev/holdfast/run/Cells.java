// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.wire.Nonce;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** As many cells as a test wants, and results for them without a boot. */
public final class Cells {

    private Cells() {
    }

    /** A cell with a block of that many pages, and so with an id of its own. */
    public static Cell ofPages(int pages) {
        return new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, Placement.FirstFree.THREAD, pages), Locating.THREAD,
                Mapping.cached(MapApi.MM_MAP_IO_SPACE), VerifierFlags.OFF);
    }

    public static List<Cell> many(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Cells::ofPages).toList();
    }

    public static CellResult passed(Cell cell) {
        return result(cell, Observations.kept());
    }

    public static CellResult failed(Cell cell) {
        return result(cell, Observations.kept().withUnloaded(false));
    }

    /** A cell that passes at once. */
    public static Tries triedOnce(Cell cell) {
        return new Tries(passed(cell), List.of());
    }

    /** A cell that fails and is not tried again. */
    public static Tries triedInVain(Cell cell) {
        return new Tries(failed(cell), List.of());
    }

    private static CellResult result(Cell cell, Observations observations) {
        Observation observed = observations.withPages(cell.reservation().pages()).observation();
        return new CellResult(cell, PromiseTable.of(cell), Nonce.fresh(), "fork", observed,
                Verdicts.judge(cell, PromiseTable.of(cell), observed), 1, Path.of("cells", CellFolder.nameOf(cell.id())), List.of("qemu"));
    }
}
