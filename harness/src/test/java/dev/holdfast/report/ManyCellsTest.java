// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyCellsTest {

    private static final int MANY = 10_000;

    @TempDir
    private Path folder;

    @Test
    void tenThousandCellsAreReportedInFortyEightMegabytes() throws Exception {
        Process process = start(MANY, "-Xmx48m");
        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).as(String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()))).isZero();
        assertThat(lines.get(lines.size() - 1)).isEqualTo(String.valueOf(MANY));
        assertThat(read().path("cells")).hasSize(MANY);
    }

    @Test
    void aRunThatIsKilledLeavesEveryResultThatItHad() throws Exception {
        Process process = start(MANY, "-Xmx64m");
        int said = 0;
        try (BufferedReader out = process.inputReader()) {
            while (said < 1500) {
                said = Integer.parseInt(out.readLine());
            }
            process.destroyForcibly().waitFor();
        }

        assertThat(read().path("schema").asText()).isEqualTo("holdfast/results/1");
        try (Results results = Results.resume(folder, Samples.RUN, new Asked("many", "", "nothing", MANY, "replay"))) {
            assertThat(results.done()).hasSizeBetween(said, MANY - 1);
            assertThat(Samples.cells(said)).allMatch(cell -> results.done().contains(cell.id()));
        }
        assertThat(read().path("cells")).hasSizeGreaterThanOrEqualTo(said);
    }

    @Test
    void aRunThatIsInterruptedLeavesAWholeFile() throws Exception {
        Process process = start(MANY, "-Xmx64m");
        int said = 0;
        try (BufferedReader out = process.inputReader()) {
            while (said < 1500) {
                said = Integer.parseInt(out.readLine());
            }
            process.toHandle().destroy();
            out.lines().forEach(line -> { });
        }
        process.waitFor();

        assertThat(read().path("cells")).hasSizeGreaterThanOrEqualTo(said);
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    }

    private Process start(int cells, String memory) throws IOException {
        Files.createDirectories(folder);
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), memory, "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"), ManyCells.class.getName(), folder.toString(),
                String.valueOf(cells)).redirectErrorStream(true).start();
    }
}
