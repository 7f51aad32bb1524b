// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the contract guest can stop with is explained, as its sources have it. */
class StopReasonTest {

    private static final Path KERNEL = Path.of(System.getProperty("holdfast.home"), "vm-images/contract/kernel");
    /** A call: the code or a choice of codes, and the first parameter. */
    private static final Pattern BUG_CHECK = Pattern.compile("\\bKiBugCheck\\(([^;]*?),([^,;]*),");
    private static final Pattern NUMBER = Pattern.compile("\\b(?:0x[0-9A-Fa-f]+|[0-9]+)u?\\b");
    /** Those whose first parameter names the reason. */
    private static final List<Long> WITH_REASONS = List.of(0x1AL, 0x4EL, 0xC2L, 0xDAL);

    @Test
    void everyRuleOfDriverVerifierThatTheGuestHasIsExplained() throws IOException {
        List<Long> rules = Pattern.compile("^    \\{(0x[0-9A-F]+), ", Pattern.MULTILINE).matcher(Files.readString(KERNEL.resolve("vf/rules.c")))
                .results().map(match -> Long.decode(match.group(1))).toList();

        assertThat(rules).hasSizeGreaterThan(40)
                .allSatisfy(rule -> assertThat(StopReason.of(0xC4, rule)).as(Hex.of(rule)).hasSize(1));
    }

    @Test
    void everyBugCheckThatTheGuestRaisesIsExplainedWithItsReason() throws IOException {
        try (Stream<Path> files = Files.walk(KERNEL)) {
            List<MatchResult> calls = files.filter(file -> file.toString().endsWith(".c"))
                    .flatMap(file -> BUG_CHECK.matcher(text(file)).results()).toList();

            assertThat(calls).hasSizeGreaterThan(35).allSatisfy(call -> assertExplained(call.group(1), call.group(2)));
            assertThat(calls.stream().flatMap(call -> numbers(call.group(1)))).contains(0x0AL, 0xD1L, 0xCCL, 0xCDL, 0xDAL, 0xBEL);
        }
        assertThat(StopReason.of(0xC1, 0x23)).hasSize(1);
        assertThat(StopReason.of(0xC1, 0x24)).hasSize(1);
    }

    private static void assertExplained(String codes, String parameter) {
        List<Long> reasons = numbers(parameter).toList();
        assertThat(numbers(codes)).allSatisfy(code -> {
            assertThat(Codes.find(Codes.Space.BUG_CHECK, code)).as(Hex.of(code)).isPresent();
            if (WITH_REASONS.contains(code)) {
                assertThat(reasons).as(Hex.of(code) + parameter).hasSize(1);
                assertThat(StopReason.of(code, reasons.get(0))).as(Hex.of(code) + "/" + Hex.of(reasons.get(0))).hasSize(1);
            }
        });
    }

    @Test
    void theGuestCallsItsBugChecksWhatTheTableCallsThem() throws IOException {
        Matcher names = Pattern.compile("\\{(0x[0-9A-F]+), \"([A-Z_]+)\"\\}").matcher(Files.readString(KERNEL.resolve("ke/bugcheck.c")));

        assertThat(names.results().toList()).hasSizeGreaterThan(15).allSatisfy(name ->
                assertThat(Codes.find(Codes.Space.BUG_CHECK, Long.decode(name.group(1)))).map(Codes.Code::name).contains(name.group(2)));
    }

    @Test
    void everyBugCheckOfTheListOfViolationsIsExplained() throws IOException {
        List<String[]> rows = Files.readAllLines(Path.of("src/test/resources/dev/holdfast/cli/violations.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).map(line -> line.split(" +")).toList();

        assertThat(rows).hasSizeGreaterThan(60).allSatisfy(row -> {
            long code = Long.decode(row[2]);
            assertThat(Codes.find(Codes.Space.BUG_CHECK, code)).as(row[0]).isPresent();
            if (code == 0xC4 || WITH_REASONS.contains(code)) {
                assertThat(StopReason.of(code, Long.decode(row[3]))).as(row[0]).hasSize(1);
            }
        });
    }

    @Test
    void noReasonIsTheSameAsAnotherAndEachCitesThePageOfItsBugCheck() {
        assertThat(StopReason.TABLE.stream().map(reason -> Hex.of(reason.code()) + "/" + Hex.of(reason.value()))).doesNotHaveDuplicates();
        assertThat(StopReason.TABLE).allSatisfy(reason -> {
            assertThat(reason.source()).contains("debugger/bug-check-0x" + Long.toHexString(reason.code()));
            assertThat(reason.words()).doesNotEndWith(".");
        });
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replace("SYSTEM_PTE_MISUSE,", "0xDA,").replaceAll("(?s)/\\*.*?\\*/", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Long> numbers(String words) {
        return NUMBER.matcher(words).results().map(match -> Long.decode(match.group().replace("u", "")));
    }
}
