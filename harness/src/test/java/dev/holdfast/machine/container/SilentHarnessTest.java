// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A computer that lost its power closes no connection. */
class SilentHarnessTest {

    @TempDir
    private Path folder;

    @Test
    void theProgramEndsWhereNothingIsHeardForTooLong() throws IOException, InterruptedException {
        Path procmux = Path.of(System.getProperty("holdfast.home"), "vm-images/target/runner/procmux");
        Process program = new ProcessBuilder(procmux.toString(), "1", folder.toString()).start();

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
    }
}
