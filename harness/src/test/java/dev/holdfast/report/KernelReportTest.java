// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.DriverCheck;
import dev.holdfast.run.KernelSeen;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Observations;
import dev.holdfast.run.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What reports say of a guest that is an operating system of somebody else's. */
class KernelReportTest {

    private static final Cell CELL = Cell.named("linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier").orElseThrow();
    private static final List<String> LOG = IntStream.range(0, 50).mapToObj(i -> "[    " + i + ".0] line").toList();

    @Test
    void resultsHaveItsMapsItsComplaintsAndWhatItDidToItsMemory() throws IOException {
        JsonNode kernel = json(result(List.of(new KernelSeen.Complaint("warn", "WARNING: CPU: 0", "pressure")), List.of("a note")))
                .path("observed").path("kernel");

        assertThat(kernel.path("regions").toString())
                .isEqualTo("[{\"source\":\"iomem\",\"from\":\"0x100000\",\"to\":\"0x10FFFF\",\"name\":\"Reserved\"}]");
        assertThat(kernel.path("complaints").toString())
                .isEqualTo("[{\"kind\":\"warn\",\"text\":\"WARNING: CPU: 0\",\"during\":\"pressure\"}]");
        assertThat(kernel.path("pressure").toString())
                .isEqualTo("[{\"stage\":\"free-pages\",\"bytes\":188268544,\"outcome\":\"oom-killed\"}]");
        assertThat(kernel.path("afterReset").toString()).isEqualTo("{\"pagesIntact\":16,\"pages\":16}");
        assertThat(kernel.path("notes").toString()).isEqualTo("[\"a note\"]");
        assertThat(json(Samples.thread(0, Samples.KEPT)).path("observed").path("kernel").isNull()).isTrue();
    }

    @Test
    void noLineCallsItAModel() throws IOException {
        CellResult result = result(List.of(), List.of());

        assertThat(json(result).path("model").asBoolean()).isFalse();
        assertThat(table(result)).doesNotContain("MODEL").contains("iomem: Reserved");
    }

    @Test
    void aFailureEndsWithTheLastLinesOfTheKernelsLog() {
        String table = table(result(List.of(new KernelSeen.Complaint("oops", "Oops: 0000", "memremap.cached")), List.of()));

        assertThat(table).contains("the kernel complained during memremap.cached: \"Oops: 0000\", expected none", "the kernel's log ends:",
                "\n    [    0.0] line\n", "\n    [    49.0] line\n  again: ");
    }

    private static String table(CellResult result) {
        return new ResultTable(Palette.PLAIN, 160, "./holdfast replay").render(List.of(result));
    }

    private static JsonNode json(CellResult result) throws IOException {
        return Json.MAPPER.readTree(Results.line(0, result, List.of(), Path.of("out")));
    }

    private static CellResult result(List<KernelSeen.Complaint> complaints, List<String> notes) {
        Observation observed = Observations.kept().withKernel(new KernelSeen(KernelSeen.Attempt.DONE,
                List.of(new KernelSeen.Region("iomem", 0x100000, 0x10FFFF, "Reserved")), complaints,
                List.of(new KernelSeen.Stage("free-pages", 188268544, "oom-killed")),
                Optional.of(new DriverCheck(16, 16, "12345678", List.of())), notes, complaints.isEmpty() ? List.of() : LOG)).observation();
        return Samples.result(CELL, observed, Verdicts.judge(CELL, PromiseTable.of(CELL), observed));
    }
}
