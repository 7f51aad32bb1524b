// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapVariant;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdict;
import dev.holdfast.run.Verdicts;
import dev.holdfast.wire.Nonce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs, results and summaries for tests. */
final class Samples {

    static final RunInfo RUN = run("run-1");
    static final Asked ASKED = new Asked("osr-thread", "", "QEMU 7.2, OVMF, media 1234", 8, "replay");
    static final Observation KEPT = Observations.kept().observation();

    private Samples() {
    }

    static RunInfo run(String id) {
        return new RunInfo(id, Instant.parse("2026-01-02T03:04:05Z"), "host", "7.2", "OVMF", "tcg", "local", "0.1.0", "");
    }

    /** A cell of the thread's scenario with its true verdict. */
    static CellResult thread(int index, Observation observed) {
        Cell cell = Scenarios.OSR_THREAD.cells().toList().get(index);
        return result(cell, observed, Verdicts.judge(cell, PromiseTable.of(cell), observed));
    }

    static CellResult result(Cell cell, Observation observed, Verdict verdict) {
        return new CellResult(cell, PromiseTable.of(cell), Nonce.fresh(), "cold", observed, verdict, 1234, Path.of("out/cells/x"),
                List.of("qemu"));
    }

    static CellResult saying(int index, Verdict.Outcome outcome, String reason) {
        return result(Scenarios.OSR_THREAD.cells().toList().get(index), KEPT, new Verdict(outcome, reason));
    }

    static CellSummary summary(CellResult result, CellResult... earlier) {
        try {
            return CellReader.read(Json.MAPPER.readTree(Results.line(0, result, List.of(earlier), Path.of("out"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final List<Mapping> MAPPINGS = Mapping.TABLE.stream().filter(mapping -> mapping.variant() == MapVariant.PLAIN)
            .limit(12).toList();

    /** Different cells, as many as are wanted: types × a dozen mappings × Verifier, and then placements. */
    static List<Cell> cells(int count) {
        List<Cell> cells = new ArrayList<>();
        for (long place = 0; ; place++) {
            for (MemoryType type : MemoryType.TABLE) {
                for (Mapping mapping : MAPPINGS) {
                    for (VerifierFlags verifier : List.of(VerifierFlags.OFF, VerifierFlags.STANDARD)) {
                        if (cells.size() == count) {
                            return cells;
                        }
                        cells.add(new Cell(GuestKind.CONTRACT,
                                new Reservation(type, new Placement.At(0x100000 * (place + 1)), Reservation.DEFAULT_PAGES),
                                Locating.THREAD, mapping, verifier));
                    }
                }
            }
        }
    }

    /** Every {@code nth} cell fails; the others are as their promises have it. */
    static List<CellSummary> summaries(int count, int nth) {
        List<CellSummary> summaries = new ArrayList<>();
        for (Cell cell : cells(count)) {
            summaries.add(summary(withFailures(cell, summaries.size() % nth == 0)));
        }
        return summaries;
    }

    static CellResult withFailures(Cell cell, boolean fails) {
        boolean open = PromiseTable.of(cell).kind().equals("open");
        return result(cell, KEPT, fails
                ? new Verdict(Verdict.Outcome.FAIL, "the driver did not find the block, which was reserved at 0x100000")
                : new Verdict(open ? Verdict.Outcome.OBSERVED : Verdict.Outcome.PASS, "16 of 16 pages intact at 0x100000, mapped, quiet"));
    }
}
