// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract guest's PE reader, compiled for the host with its sanitizers and fed with damaged images. */
@Timeout(60)
class PeLoaderFuzzTest {

    private static final Path HOME = Path.of(System.getProperty("holdfast.home"));
    private static final Path DRIVER = HOME.resolve("guest-driver/target/nt/holdfast.sys");
    private static final int IMAGES = 10_000;
    /** The same images each time. */
    private static final String SEED = "20240611";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException {
        Path reader = HOME.resolve("vm-images/contract/kernel/io");
        CommandLine gcc = new CommandLine("gcc");
        List.of("-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
                "-I", HOME.resolve("guest-driver/common").toString(), "-I", reader.toString(), "-o", program().toString(),
                "src/test/c/pe_fuzz.c", reader.resolve("peimage.c").toString(), reader.resolve("pebind.c").toString())
                .forEach(gcc::addArgument);
        DefaultExecutor.builder().get().execute(gcc);
    }

    @Test
    void noDamagedImageMakesItReadOrWriteElsewhere() throws IOException {
        Run run = run("mutate", DRIVER.toString(), SEED, "" + IMAGES);

        assertThat(run.status()).as(run.said()).isZero();
        Map<String, Integer> results = run.said().lines().collect(Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')), line -> Integer.valueOf(line.substring(line.indexOf('=') + 1))));
        assertThat(results.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(IMAGES);
        // The damage reaches every check, and what lies behind the last one.
        assertThat(results).containsOnlyKeys("sound", "not-pe", "not-a-driver", "malformed", "writable-code", "checksum");
        assertThat(results.values()).allMatch(count -> count > 10);
    }

    @Test
    void importTablesThatReferToThemselvesComeToAnEnd() throws IOException {
        assertThat(run("bomb", DRIVER.toString())).isEqualTo(new Run(0, "malformed\n"));
    }

    @Test
    void aReaderThatWritesElsewhereWouldBeFound() throws IOException {
        Run run = run("overrun", DRIVER.toString());

        assertThat(run.status()).isNotZero();
        assertThat(run.said()).contains("AddressSanitizer: heap-buffer-overflow").contains("PeLayOut");
    }

    private record Run(int status, String said) {
    }

    private static Run run(String... arguments) throws IOException {
        CommandLine command = new CommandLine(program());
        List.of(arguments).forEach(argument -> command.addArgument(argument, false));
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecuteWatchdog watchdog = ExecuteWatchdog.builder().setTimeout(Duration.ofSeconds(30)).get();
        DefaultExecutor executor = DefaultExecutor.builder().setExecuteStreamHandler(new PumpStreamHandler(output)).get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null);
        int status = executor.execute(command);
        assertThat(watchdog.killedProcess()).as("it took more than 30 s").isFalse();
        return new Run(status, output.toString(StandardCharsets.US_ASCII));
    }

    private static Path program() {
        return folder.resolve("pe_fuzz");
    }
}
