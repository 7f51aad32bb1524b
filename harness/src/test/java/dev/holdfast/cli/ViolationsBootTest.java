// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.guest.Home;
import dev.holdfast.plan.Hex;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule of the contract guest's Verifier, and its other bug checks for drivers, seen to fire, and seen to stay quiet. */
@Tag("boot")
@Timeout(60)
class ViolationsBootTest {

    private static final long STANDARD = 0x209BB;
    private static final long VERIFIER = 0xC4;

    @TempDir
    private static Path folder;
    private static GuestRuns runs;

    /**
     * A row of violations.txt.
     *
     * @param flags      Verifier's
     * @param parameters each a number; {@code $name} for the value that the driver said under that name, and a number of bytes behind
     *                   it; {@code driver} and {@code kernel} for an address there; {@code *} for anything
     */
    record Row(String task, long flags, long code, List<String> parameters) {

        static Row of(String line) {
            List<String> words = List.of(line.strip().split("\\s+"));
            return new Row(words.get(0), Long.decode(words.get(1)), Long.decode(words.get(2)), words.subList(3, 7));
        }

        boolean verifiers() {
            return code == VERIFIER;
        }

        @Override
        public String toString() {
            return task + (flags == 0 ? " without Verifier" : "") + ": " + Hex.of(code) + " " + parameters;
        }
    }

    @BeforeAll
    static void open() {
        runs = new GuestRuns(folder, GuestRuns.VIOLATIONS);
    }

    @AfterAll
    static void close() {
        runs.close();
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = ViolationsBootTest.class.getResourceAsStream("violations.txt")) {
            return new String(in.readAllBytes()).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Row::of).toList();
        }
    }

    static Stream<Row> properRows() throws IOException {
        return rows().stream().collect(Collectors.toMap(Row::task, row -> row, (first, second) -> first)).values().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theViolationIsABugCheckWithItsParameters(Row row) {
        Transcript seen = run(row.task(), row.flags());

        Frame bugCheck = seen.first("guest.bugcheck").orElseThrow(() -> new AssertionError("no bug check: " + seen.frames()));
        assertThat(bugCheck.number("code")).as(bugCheck.toString()).contains(row.code());
        for (int index = 0; index < 4; index++) {
            String key = "p" + (index + 1);
            check(seen, row.parameters().get(index), bugCheck.number(key).orElseThrow(), key + " of " + bugCheck);
        }
        if (row.verifiers()) {
            Frame violation = seen.first("guest.violation").orElseThrow();
            assertThat(List.of("code", "p1", "p2", "p3", "p4"))
                    .allSatisfy(key -> assertThat(violation.text(key)).isEqualTo(bugCheck.text(key)));
            assertThat(violation.text("rule").orElse("")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("properRows")
    void theSameDoneProperlyIsQuiet(Row row) {
        assertQuiet(run(row.task() + "-properly", STANDARD));
    }

    @Test
    void everyRuleOfTheTableIsCommittedHere() throws IOException {
        Matcher rules = Pattern.compile("\\{0x([0-9A-F]{2}), (0|VF_\\w+), \"")
                .matcher(Files.readString(Home.find().resolve("vm-images/contract/kernel/vf/rules.c")));
        Set<Long> table = rules.results().map(rule -> Long.parseLong(rule.group(1), 16)).collect(Collectors.toCollection(TreeSet::new));
        Set<Long> committed = rows().stream().filter(Row::verifiers).map(row -> Long.decode(row.parameters().get(0)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(table).hasSizeGreaterThan(35).isEqualTo(committed);
    }

    /** A rule of an option is there with that option alone, and gone when all others are there. */
    @ParameterizedTest
    @CsvSource({"pool-underrun,0x1,0xC1", "probe-and-lock-pageable-at-dispatch,0x2,0xD1", "pool-leaked-at-unload,0x8,0xC4/0x62",
            "zw-user-address,0x100,0xC4/0xE3", "zw-malformed-string,0x100,0xC4/0xE4", "user-handle-as-kernel,0x800,0xC4/0xF6"})
    void aRuleComesWithItsOption(String task, String flag, String bugCheck) {
        long bit = Long.decode(flag);

        assertStopped(run(task, bit), bugCheck);
        assertSpared(run(task, STANDARD & ~bit), bugCheck);
    }

    /** Faults that are there without special pool as well are its own with it. */
    @ParameterizedTest
    @CsvSource({"pool-overrun,0xCD", "pool-used-after-free,0xCC"})
    void specialPoolSaysWhoseTheFaultWas(String task, String bugCheck) {
        assertStopped(run(task, 0x1), bugCheck);
        assertStopped(run(task, STANDARD & ~0x1), "0x50");
    }

    /**
     * Options that bring no rule here still are Verifier, whose automatic checks any one switches on: I/O verification, deadlock
     * detection, DMA checking, DDI compliance checking.
     */
    @ParameterizedTest
    @ValueSource(longs = {0x10, 0x20, 0x80, 0x20000})
    void anOptionWithoutRulesBringsTheAutomaticChecksAlone(long flag) {
        assertStopped(run("map-io-space-unlocked", flag), "0xC4/0x83");
        assertStopped(run("map-io-space-unlocked", STANDARD & ~flag), "0xC4/0x83");
        assertQuiet(run("user-handle-as-kernel", flag));
    }

    /** "0xC4/0x83" is a code and its first parameter. */
    private static void assertStopped(Transcript seen, String bugCheck) {
        Frame stop = seen.first("guest.bugcheck").orElseThrow(() -> new AssertionError("no bug check: " + seen.frames()));
        String[] parts = bugCheck.split("/");
        assertThat(stop.text("code")).as(stop.toString()).contains(parts[0]);
        if (parts.length == 2) {
            assertThat(stop.text("p1")).as(stop.toString()).contains(parts[1]);
        }
    }

    /** No rule spoke, and what becomes of the violation is what becomes of it for any driver: a fault of its own, or nothing. */
    private static void assertSpared(Transcript seen, String bugCheck) {
        assertThat(seen.first("guest.violation")).as(seen.frames().toString()).isEmpty();
        assertThat(seen.first("guest.bugcheck").flatMap(stop -> stop.text("code")).orElse("none")).isNotEqualTo(bugCheck.split("/")[0]);
    }

    /** What KiBugCheckData holds in the driver's bug-check callback is what the guest said itself, all five words of it. */
    @Test
    void theDriversCallbackSeesTheBugCheckFromInside() {
        try (GuestRuns driver = new GuestRuns(folder, "nt/holdfast.sys")) {
            Transcript seen = driver.of(GuestOptions.USUAL, STANDARD);

            Frame inside = seen.first("driver.bugcheck").orElseThrow(() -> new AssertionError(seen.frames()));
            Frame guests = seen.first("guest.bugcheck").orElseThrow();
            assertThat(inside.number("code")).contains(VERIFIER);
            assertThat(inside.number("p2")).as("the block's address").isEqualTo(seen.first("uefi.reserved").orElseThrow().number("at"));
            for (String word : List.of("code", "p1", "p2", "p3", "p4")) {
                assertThat(inside.text(word)).as(word).isPresent().isEqualTo(guests.text(word));
            }
        }
    }

    @Test
    void withoutVerifierMostViolationsPassUnnoticed() {
        List.of("pool-zero-bytes", "pool-leaked-at-unload", "map-io-space-unlocked", "map-locked-pages-used", "free-mdl-while-mapped",
                "zw-malformed-string").forEach(task -> assertQuiet(run(task, 0)));
    }

    @Test
    void aTaskThatTheDriverDoesNotKnowIsSaid() {
        Transcript seen = run("no-such-task", STANDARD);

        assertThat(seen.first("driver.task").orElseThrow().fields())
                .containsEntry("name", "no-such-task").containsEntry("outcome", "unknown");
        assertThat(seen.first("driver.end").orElseThrow().number("status")).contains(0xC0000225L);
    }

    private static Transcript run(String task, long flags) {
        return runs.of(GuestOptions.USUAL.withTask(task), flags);
    }

    private static void assertQuiet(Transcript seen) {
        String all = seen.frames().toString();
        assertThat(seen.first("guest.bugcheck")).as(all).isEmpty();
        assertThat(seen.first("guest.violation")).as(all).isEmpty();
        assertThat(seen.all("driver.task").map(frame -> frame.text("outcome").orElse(""))).as(all).containsExactly("begun", "done");
        assertThat(seen.first("guest.unloaded")).as(all).isPresent();
        assertThat(seen.lastWords().orElseThrow().text("outcome")).contains("done");
    }

    private static void check(Transcript seen, String expected, long actual, String what) {
        if (expected.equals("driver")) {
            Frame driver = seen.first("guest.driver").orElseThrow();
            assertThat(actual - driver.number("base").orElseThrow()).as(what).isBetween(0L, driver.number("bytes").orElseThrow() - 1);
        } else if (expected.equals("kernel")) {
            assertThat(actual >>> 47).as(what).isEqualTo(0x1FFFFL);
        } else if (expected.startsWith("$")) {
            String[] sum = expected.substring(1).split("\\+");
            assertThat(Hex.of(actual)).as(what).isEqualTo(
                    Hex.of(GuestRuns.value(seen, sum[0]) + (sum.length == 1 ? 0 : Long.decode(sum[1]))));
        } else if (!expected.equals("*")) {
            assertThat(Hex.of(actual)).as(what).isEqualTo(Hex.of(Long.decode(expected)));
        }
    }
}
