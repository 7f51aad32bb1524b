// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.MapApi;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Routines of the contract guest, used by a driver under Verifier: what they give, and what they refuse. */
@Tag("boot")
@Timeout(60)
class RoutinesBootTest {

    private static final long SUCCESS = 0;
    private static final long INVALID_INFO_CLASS = 0xC0000003L;
    private static final long NOT_IMPLEMENTED = 0xC0000002L;
    private static final long INVALID_PARAMETER = 0xC000000DL;
    private static final long BUFFER_TOO_SMALL = 0xC0000023L;
    private static final long INVALID_PARAMETER_4 = 0xC00000F2L;
    private static final long VARIABLE_NOT_FOUND = 0xC0000100L;
    private static final long INVALID_ADDRESS = 0xC0000141L;
    private static final long NOT_FOUND = 0xC0000225L;

    @TempDir
    private static Path folder;
    private static GuestRuns runs;

    @BeforeAll
    static void open() {
        runs = new GuestRuns(folder, GuestRuns.VIOLATIONS);
    }

    @AfterAll
    static void close() {
        runs.close();
    }

    @Test
    void memoryIsCopiedWhereItIsTheSystemsAndNowhereElse() {
        Transcript seen = use("copy-memory");

        assertThat(value(seen, "physical")).isEqualTo(SUCCESS);
        assertThat(value(seen, "virtual")).isEqualTo(SUCCESS);
        assertThat(value(seen, "last-byte")).isEqualTo((63 * 7) & 0xFF);
        assertThat(value(seen, "device")).isEqualTo(INVALID_ADDRESS);
        assertThat(value(seen, "firmware")).isEqualTo(INVALID_ADDRESS);
        assertThat(value(seen, "unmapped")).isEqualTo(INVALID_ADDRESS);
        assertThat(value(seen, "both")).isEqualTo(INVALID_PARAMETER_4);
        assertThat(seen.all("driver.value").filter(frame -> frame.text("name").orElse("").equals("copied"))
                .map(frame -> frame.number("value").orElseThrow())).containsExactly(0L, 0L, 0L, 0L, 64L, 64L);
    }

    @Test
    void ioSpaceIsMappedWithOneProtectionAndAtMostOneModifier() {
        Transcript seen = use("map-io-space-ex");

        assertThat(Stream.of("read-only", "read-write-uncached", "execute-write-combined")).allMatch(protect -> value(seen, protect) == 1);
        assertThat(Stream.of("two-modifiers", "two-protections", "no-protection")).allMatch(protect -> value(seen, protect) == 0);
    }

    /** Intel SDM volume 3, table 11-10: 6 is write-back, 0 uncacheable, 1 write-combining. */
    @Test
    void aCacheTypeIsTheMemoryTypeThatTheProcessorTakesFromTheMappingsEntry() {
        Transcript seen = runs.of(GuestOptions.USUAL.withTask("use-cache-types"), VerifierFlags.OFF.bits());

        assertThat(value(seen, "cached")).isEqualTo(6);
        assertThat(value(seen, "noncached")).isZero();
        assertThat(value(seen, "writecombined")).isOne();
        assertThat(value(seen, "pool-noncached")).as("what pool has already").isEqualTo(6);
    }

    @Test
    void pagesComeFromTheRangeThatWasAskedFor() {
        Transcript seen = use("allocate-pages");

        assertThat(value(seen, "partial")).isBetween(0x1000L, 0x3FFFFFFFL);
        assertThat(value(seen, "fully")).isZero();
        assertThat(value(seen, "bad-skip")).isZero();
        assertThat(value(seen, "chunk")).isEqualTo(0x10000);
        assertThat(seen.all("driver.value").filter(frame -> frame.text("name").orElse("").equals("contiguous"))
                .map(frame -> frame.number("value").orElseThrow()).skip(1).findFirst()).contains(16L);
        assertThat(value(seen, "in-range")).isEqualTo(0x10000);
        assertThat(value(seen, "first")).isBetween(0x1800L, 0x1FFFL);
        assertThat(value(seen, "last")).isBetween(0x1800L, 0x1FFFL);
    }

    @Test
    void aDivisibleReservationTakesMdlsSideBySide() {
        Transcript seen = use("divisible-reservation");

        assertThat(value(seen, "too-long")).isZero();
        assertThat(value(seen, "at-base")).isOne();
        assertThat(value(seen, "behind")).isOne();
        assertThat(value(seen, "seen")).isOne();
        assertThat(value(seen, "valid-after-unmap")).isZero();
        assertThat(value(seen, "other-still-valid")).isOne();
    }

    @Test
    void aPartialMdlHasAMappingOfItsOwnThatEndsWithIt() {
        Transcript seen = use("partial-mdl");

        assertThat(value(seen, "second-page")).isOne();
        assertThat(value(seen, "third-page")).isEqualTo(2);
        assertThat(value(seen, "valid-after-reuse")).isZero();
        assertThat(value(seen, "valid-after-free")).isZero();
    }

    /** Of the project's own driver: no MDL, address, handle or pool is left, whatever it mapped with. */
    @ParameterizedTest
    @EnumSource(value = MapApi.class, names = {"MM_MAP_IO_SPACE", "MM_MAP_IO_SPACE_EX", "MDL_FOR_IO_SPACE", "PHYSICAL_MEMORY_SECTION",
            "PROBE_AND_LOCK", "RESERVED_MAPPING", "RESERVED_MAPPING_EX", "COPY"})
    void theDriverLeavesNothingBehind(MapApi api) {
        try (GuestRuns driver = new GuestRuns(folder, "nt/holdfast.sys")) {
            assertThat(left(driver.of(GuestOptions.USUAL, VerifierFlags.OFF.bits(), api))).containsOnly(0L);
            assertThat(left(driver.of(GuestOptions.USUAL.withTask("osr-forensics"), VerifierFlags.OFF.bits(), api))).containsOnly(0L);
        }
    }

    @Test
    void whatADriverLeavesBehindIsCounted() {
        assertThat(left(task("leave-behind"))).containsExactly(0L, 1L, 1L, 1L, 1L);
        assertThat(left(task("leave-behind-properly"))).containsOnly(0L);
    }

    private static List<Long> left(Transcript seen) {
        Frame unloaded = seen.first("guest.unloaded").orElseThrow(() -> new AssertionError(seen.frames()));
        return Stream.of("pool", "mdls", "mappings", "reservations", "handles").map(what -> unloaded.number(what).orElseThrow()).toList();
    }

    @Test
    void uefiVariablesAreReadThroughTheFirmware() {
        Transcript seen = use("firmware-variable");

        // BootCurrent: a 16-bit number, for boot and runtime, not kept (UEFI specification, 3.3).
        assertThat(value(seen, "no-room")).isEqualTo(BUFFER_TOO_SMALL);
        assertThat(value(seen, "needed")).isEqualTo(2);
        assertThat(value(seen, "read")).isEqualTo(SUCCESS);
        assertThat(value(seen, "length")).isEqualTo(2);
        assertThat(value(seen, "attributes")).isEqualTo(6);
        assertThat(value(seen, "absent")).isEqualTo(VARIABLE_NOT_FOUND);
        assertThat(value(seen, "no-name")).isEqualTo(INVALID_PARAMETER);
    }

    @Test
    void acpiTablesAreListedAndRead() {
        checkAcpi(use("acpi-tables"));
    }

    @Test
    void acpiTablesAreThereAlsoWhereTheirMemoryWasReclaimed() {
        checkAcpi(runs.of(GuestOptions.USUAL.withTask("use-acpi-tables").withSwitch("acpi-reclaim", "reclaimed"), 0));
    }

    private static void checkAcpi(Transcript seen) {
        assertThat(value(seen, "enumerate")).isEqualTo(SUCCESS);
        assertThat(value(seen, "tables")).isGreaterThan(3);
        assertThat(value(seen, "no-room")).isEqualTo(BUFFER_TOO_SMALL);
        assertThat(value(seen, "needed")).isGreaterThan(100);
        assertThat(value(seen, "get")).isEqualTo(SUCCESS);
        assertThat(value(seen, "signature")).isEqualTo(0x50434146);
        assertThat(value(seen, "sum")).isZero();
        assertThat(value(seen, "absent")).isEqualTo(NOT_FOUND);
        assertThat(value(seen, "other-provider")).isEqualTo(NOT_IMPLEMENTED);
        assertThat(value(seen, "other-class")).isEqualTo(INVALID_INFO_CLASS);
    }

    /** A boot of a task that must end well. */
    private static Transcript use(String routine) {
        return task("use-" + routine);
    }

    private static Transcript task(String task) {
        Transcript seen = runs.of(GuestOptions.USUAL.withTask(task), VerifierFlags.STANDARD.bits());
        assertThat(seen.first("guest.bugcheck")).as(seen.frames().toString()).isEmpty();
        return seen;
    }

    private static long value(Transcript seen, String name) {
        return GuestRuns.value(seen, name);
    }
}
