// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that runs full ends a run with one error, whichever of its folders is on it. No cell is judged by it. */
@Tag("boot")
@Timeout(180)
class FullDiskBootTest {

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} of {1} KiB")
    @CsvSource({
        // Too small for the disk's image, for the memory, and for all but the last pages that the forks read.
        "cache, 64", "cache, 33000", "cache, 50000",
        "tmp, 64", "tmp, 900", "tmp, 3000",
        "out, 64", "out, 4200",
    })
    void isSaid(String full, int kib) throws Exception {
        for (String name : List.of("cache", "tmp", "out")) {
            Files.createDirectories(folder.resolve(name));
        }
        assumeThat(new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", folder.resolve(full).toString()).start().waitFor())
                .as("a user who may mount a small disk of his own").isZero();

        Process run = start(full, kib);
        int status = run.waitFor();

        assertThat(status).as(log("out.log") + log("err.log")).isEqualTo(3);
        assertThat(log("out.log")).doesNotContain("FAIL");
        assertThat(log("err.log").lines().filter(line -> !line.startsWith("holdfast: broken off after "))).as(log("err.log")).hasSize(1)
                .allMatch(line -> line.startsWith("holdfast: ") && line.contains(folder.resolve(full).toString()))
                .noneMatch(line -> line.contains("internal error"));
        assertThat(ProcessHandle.allProcesses().filter(process -> process.info().commandLine().orElse("").contains(folder + "/"))).isEmpty();
    }

    private Process start(String full, int kib) throws IOException {
        String mount = "mount -t tmpfs -o size=" + kib + "k none '" + folder.resolve(full) + "' && exec \"$0\" \"$@\"";
        List<String> line = new ArrayList<>(List.of("unshare", "-Urm", "sh", "-c", mount));
        ProcessBuilder builder = Cli.start(Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString(),
                "TMPDIR", folder.resolve("tmp").toString()), "run", "--jobs", "1", "--out", folder.resolve("out").toString());
        line.addAll(builder.command());
        return builder.command(line).redirectOutput(folder.resolve("out.log").toFile()).redirectError(folder.resolve("err.log").toFile())
                .start();
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }
}
