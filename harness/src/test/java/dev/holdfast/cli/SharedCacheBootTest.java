// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of several machines, wanted at the same time by several threads of several harnesses, with room for hardly one. */
@Tag("boot")
@Timeout(240)
class SharedCacheBootTest {

    private static final String MATRIX = """
            matrix: shapes
            axes: {machine: [%s], mapping: MmMapIoSpace.cached, type: [EfiReservedMemoryType, EfiLoaderData]}
            """;

    @TempDir
    private Path folder;

    @Test
    void twoHarnessesBesideEachOtherBothSucceed() throws Exception {
        List<Process> harnesses = List.of(start("one", "56M, 256M", Map.of()), start("two", "256M, 256M-split", Map.of()));

        for (Process harness : harnesses) {
            assertThat(harness.waitFor()).as(logs()).isZero();
        }
        assertThat(logs()).contains("4 cells: 2 as promised, 0 not, 2 observed").doesNotContain("holdfast: ");
        try (Stream<Path> entries = Files.list(folder.resolve("cache/holdfast/snapshots"))) {
            assertThat(entries.filter(Files::isDirectory)).hasSizeBetween(1, 3)
                    .noneMatch(entry -> entry.getFileName().toString().startsWith("draft"));
        }
    }

    @Test
    void aLimitThatIsNoNumberIsSaidInOneSentence() throws Exception {
        assertThat(start("one", "56M", Map.of("HOLDFAST_SNAPSHOTS_MIB", "4 GiB")).waitFor()).isEqualTo(3);
        assertThat(logs()).isEqualTo(
                "holdfast: HOLDFAST_SNAPSHOTS_MIB is '4 GiB', which is no number of MiB; set it to 4096, or not at all\n");
    }

    private Process start(String name, String machines, Map<String, String> changes) throws IOException {
        Path matrix = Files.writeString(folder.resolve(name + ".yaml"), MATRIX.formatted(machines));
        Map<String, String> environment = new HashMap<>(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "HOLDFAST_SNAPSHOTS_MIB", "1"));
        environment.putAll(changes);
        return Cli.start(environment, "run", matrix.toString(), "--jobs", "2", "--out", folder.resolve("out-" + name).toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
    }

    private String logs() throws IOException {
        List<String> logs = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Path log = folder.resolve(name + ".log");
            logs.add(Files.exists(log) ? Files.readString(log) : "");
        }
        return String.join("", logs);
    }
}
