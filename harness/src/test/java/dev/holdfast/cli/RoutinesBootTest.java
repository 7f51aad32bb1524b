// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Hex;
import dev.holdfast.plan.MapApi;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Pressure;
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
import org.junit.jupiter.params.provider.EnumSource;

/** Routines of the contract guest, used by a driver under Verifier: what they give, and what they refuse. */
@Tag("boot")
@Timeout(60)
class RoutinesBootTest {

    private static final long SUCCESS = 0;
    private static final long NOT_IMPLEMENTED = 0xC0000002L;
    private static final long INVALID_INFO_CLASS = 0xC0000003L;
    private static final long INVALID_HANDLE = 0xC0000008L;
    private static final long INVALID_PARAMETER = 0xC000000DL;
    private static final long CONFLICTING_ADDRESSES = 0xC0000018L;
    private static final long NOT_MAPPED_VIEW = 0xC0000019L;
    private static final long INVALID_VIEW_SIZE = 0xC000001FL;
    private static final long ACCESS_DENIED = 0xC0000022L;
    private static final long BUFFER_TOO_SMALL = 0xC0000023L;
    private static final long OBJECT_NAME_NOT_FOUND = 0xC0000034L;
    private static final long OBJECT_PATH_SYNTAX_BAD = 0xC000003BL;
    private static final long INVALID_PAGE_PROTECTION = 0xC0000045L;
    private static final long INSUFFICIENT_RESOURCES = 0xC000009AL;
    private static final long INVALID_PARAMETER_1 = 0xC00000EFL;
    private static final long INVALID_PARAMETER_4 = 0xC00000F2L;
    private static final long INVALID_PARAMETER_8 = 0xC00000F6L;
    private static final long INVALID_PARAMETER_9 = 0xC00000F7L;
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
        // Pageable targets are forbidden with no consequence documented, and here nothing is paged out.
        assertThat(value(seen, "paged-target")).isEqualTo(SUCCESS);
        assertThat(value(seen, "paged-last-byte")).isEqualTo((63 * 7) & 0xFF);
        assertThat(values(seen, "copied")).containsExactly(0L, 0L, 0L, 0L, 64L, 64L);
    }

    @Test
    void rangesThatAreNoWholePagesOfIoSpaceGetNoMdl() {
        Transcript seen = use("mdl-for-io-space");

        assertValues(seen, INVALID_PARAMETER_1, "misaligned-address", "misaligned-size", "memory", "unaddressable", "four-gib",
                "halves-of-four-gib", "no-bytes", "no-ranges");
        assertThat(value(seen, "two")).isEqualTo(SUCCESS);
        assertThat(value(seen, "bytes")).isEqualTo(0x3000);
        assertThat(value(seen, "last")).isEqualTo(0x1000001);
    }

    /** The longest MDL is 8 MiB by itself: more than there is where all memory is taken. */
    @Test
    void theLongestMdlThatThereIsNoMemoryForIsRefused() {
        GuestOptions longest = GuestOptions.USUAL.withTask("use-longest-mdl-for-io-space");
        Transcript usual = runs.of(longest, VerifierFlags.STANDARD.bits());
        Transcript full = runs.of(longest.withPressure(Pressure.FULL), VerifierFlags.STANDARD.bits());

        assertThat(value(usual, "longest")).isEqualTo(SUCCESS);
        assertThat(value(usual, "bytes")).isEqualTo(0xFFFFF000L);
        assertThat(value(usual, "last")).isEqualTo(0x10FFFFE);
        assertThat(value(full, "longest")).isEqualTo(INSUFFICIENT_RESOURCES);
        assertThat(Stream.of(usual, full)).allSatisfy(seen -> assertThat(seen.first("guest.unloaded")).isPresent());
    }

    @Test
    void theSectionIsOpenedByItsOneName() {
        Transcript seen = use("open-section");

        assertValues(seen, SUCCESS, "exact", "other-case");
        assertValues(seen, OBJECT_NAME_NOT_FOUND, "other-case-exactly", "other-name", "longer-name", "empty-name");
        assertValues(seen, OBJECT_PATH_SYNTAX_BAD, "no-name");
        assertValues(seen, INVALID_HANDLE, "below-a-directory", "close-of-nothing");
    }

    @Test
    void aViewIsMappedWithTheAccessThatWasOpenedWhereThereIsRoom() {
        Transcript seen = use("map-view");

        assertValues(seen, SUCCESS, "usual", "read-of-read-only", "zero-bits-20", "device", "first", "behind-one");
        assertValues(seen, INVALID_HANDLE, "no-handle", "other-process", "closed");
        assertValues(seen, ACCESS_DENIED, "write-of-read-only", "execute-of-read-write");
        assertValues(seen, INVALID_PAGE_PROTECTION, "no-protection", "two-protections", "two-modifiers");
        assertValues(seen, INVALID_PARAMETER_4, "zero-bits-21");
        assertValues(seen, INVALID_PARAMETER_8, "no-inheritance");
        assertValues(seen, INVALID_PARAMETER_9, "committed");
        assertValues(seen, INVALID_VIEW_SIZE, "offset-behind-the-end", "size-behind-the-end");
        assertValues(seen, INSUFFICIENT_RESOURCES, "all-of-it");
        assertValues(seen, CONFLICTING_ADDRESSES, "where-one-is", "inside-one");
        assertThat(left(seen)).containsOnly(0L);
    }

    @Test
    void aViewEndsByAnyAddressInItAndByNoOther() {
        Transcript seen = use("unmap-view");

        assertValues(seen, NOT_MAPPED_VIEW, "null", "before-it", "behind-it", "its-variable", "mdls-mapping", "again");
        assertValues(seen, INVALID_HANDLE, "other-process");
        assertValues(seen, 1, "valid-still");
        assertValues(seen, SUCCESS, "inside-it", "valid-after");
        assertThat(left(seen)).containsOnly(0L);
    }

    @Test
    void memoryRangesAreTheSameWhicheverRoutineIsAsked() {
        Transcript seen = use("memory-ranges");

        assertValues(seen, 1, "first", "ex-there", "ex", "ex2-there", "ex2", "ex2-file-only", "ex2-all-partitions");
        assertValues(seen, 0, "ex-other-partition", "ex2-other-flag");
        assertThat(values(seen, "ranges")).hasSize(5).allMatch(count -> count > 1).containsOnly(value(seen, "ranges"));
        assertThat(values(seen, "bytes")).hasSize(5).containsOnly(value(seen, "bytes"));
        assertThat(value(seen, "bytes")).isBetween(40L << 20, 56L << 20);
    }

    /** Windows 10 before version 2004 has one of the two, Windows 8.1 none. */
    @ParameterizedTest
    @CsvSource({"WINDOWS_10, 1", "WINDOWS_8_1, 0"})
    void memoryRangesOfPartitionsCameWithWindows10(ModelVersion version, long ex) {
        Transcript seen = runs.of(GuestOptions.USUAL.withTask("use-memory-ranges").withVersion(version), VerifierFlags.STANDARD.bits());

        assertValues(seen, 1, "first");
        assertValues(seen, ex, "ex-there");
        assertValues(seen, 0, "ex2-there");
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
        assertThat(values(seen, "contiguous").get(1)).isEqualTo(16);
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

    private static void assertValues(Transcript seen, long expected, String... names) {
        assertThat(names).allSatisfy(name -> assertThat(Hex.of(value(seen, name))).as(name).isEqualTo(Hex.of(expected)));
    }

    /** All that the driver said under a name. */
    private static List<Long> values(Transcript seen, String name) {
        return seen.all("driver.value").filter(frame -> frame.text("name").orElse("").equals(name))
                .map(frame -> frame.number("value").orElseThrow()).toList();
    }

    private static long value(Transcript seen, String name) {
        return GuestRuns.value(seen, name);
    }
}
