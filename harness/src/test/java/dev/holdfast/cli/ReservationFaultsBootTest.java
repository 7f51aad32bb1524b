// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Locating;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.MemoryType;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Reservation;
import dev.holdfast.plan.VerifierFlags;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Transcript;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks that cannot be: the firmware's status is said, nothing is written, and the machine comes to a proven end. */
@Tag("boot")
@Timeout(60)
class ReservationFaultsBootTest {

    private static final String OUT_OF_RESOURCES = "0x8000000000000009";
    private static final String NOT_FOUND = "0x800000000000000E";
    private static final long FOUR_GIB_OF_PAGES = Reservation.MAX_PAGES;

    @TempDir
    private static Path folder;
    private static GuestRuns runs;

    @BeforeAll
    static void open() {
        runs = new GuestRuns(folder, "nt/holdfast.sys");
    }

    @AfterAll
    static void close() {
        runs.close();
    }

    @Test
    void aBlockLargerThanMemoryIsRefusedHoweverItIsPlaced() {
        assertRefused(reserve(new Placement.Any(), FOUR_GIB_OF_PAGES), OUT_OF_RESOURCES);
        assertRefused(reserve(new Placement.At(0x100000), FOUR_GIB_OF_PAGES), NOT_FOUND);
        Frame tried = assertRefused(reserve(Placement.FirstFree.THREAD, FOUR_GIB_OF_PAGES), NOT_FOUND);
        assertThat(tried.number("tried")).contains(15L);
    }

    /** The number is UEFI's of the type: of the loader's image and of its data, of the firmware's own, and of memory-mapped registers. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "6", "10", "11"})
    void aBlockWhereSomethingLiesAlreadyIsRefused(int type) {
        Transcript usual = reserve(Placement.FirstFree.THREAD, 1);
        assertThat(usual.first("uefi.filled")).isPresent();
        long taken = lastOfType(usual, type);

        assertRefused(reserve(new Placement.At(taken), 1), NOT_FOUND);
    }

    private static Transcript reserve(Placement placement, long pages) {
        return runs.of(new Cell(GuestKind.CONTRACT, new Reservation(MemoryType.RESERVED, placement, pages), Locating.THREAD,
                Mapping.cached(MapApi.MM_MAP_IO_SPACE), VerifierFlags.OFF), GuestOptions.USUAL);
    }

    private static Frame assertRefused(Transcript seen, String status) {
        String all = seen.frames().toString();
        Frame reserved = seen.first("uefi.reserved").orElseThrow(() -> new AssertionError(all));
        assertThat(reserved.text("status")).as(all).contains(status);
        assertThat(reserved.text("at")).as(all).isEmpty();
        assertThat(seen.first("uefi.failed").orElseThrow().fields()).as(all)
                .containsEntry("reason", "reserve").containsEntry("status", status);
        assertThat(Stream.of("uefi.filled", "guest.driver").flatMap(seen::all)).as(all).isEmpty();
        assertThat(seen.lastWords().orElseThrow().event()).isEqualTo("uefi.end");
        return reserved;
    }

    /** Where the last range of a type begins. A range that adjoins the one before it is written without its start. */
    private static long lastOfType(Transcript seen, int type) {
        long last = -1;
        for (Frame frame : seen.all("uefi.map").toList()) {
            long at = 0;
            for (String entry : List.of(frame.text("entries").orElseThrow().split(","))) {
                String[] parts = entry.split(":");
                at = parts[1].isEmpty() ? at : Long.decode(parts[1]);
                last = Integer.parseInt(parts[0]) == type ? at : last;
                at += Long.decode(parts[2]) * Reservation.PAGE_BYTES;
            }
        }
        assertThat(last).as("no memory of type " + type + " in " + seen.frames()).isNotNegative();
        return last;
    }
}
