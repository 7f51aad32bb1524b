// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A clock of the day, for programs that a test starts, that somebody sets while they run: libfaketime's. */
public final class FakeClock {

    private static final Path LIBRARY = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");

    private final Path setting;

    /** Goes right at first. Where libfaketime (Debian: faketime) is missing, the test is not run. */
    public FakeClock(Path folder) throws IOException {
        assumeThat(LIBRARY).as("libfaketime").exists();
        setting = folder.resolve("clock");
        Files.writeString(setting, "+0\n");
    }

    /** What to start a program with. */
    public Map<String, String> environment() {
        // What measures intervals is no clock that anybody can set.
        return Map.of("LD_PRELOAD", LIBRARY.toString(), "FAKETIME_TIMESTAMP_FILE", setting.toString(), "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1", "DONT_FAKE_MONOTONIC", "1");
    }

    /** @param hours by how much it is wrong from now on */
    public void set(int hours) throws IOException {
        Path next = Files.writeString(setting.resolveSibling("clock.next"), String.format("%+dh%n", hours));
        Files.move(next, setting, StandardCopyOption.ATOMIC_MOVE);
    }
}
