// SPDX-License-Identifier: BSD-2-Clause-Patent
package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.junit.BootSession;
import dev.holdfast.junit.BootTest;
import org.junit.jupiter.api.Test;

/** The firmware's own shell: it runs a script, and takes what is typed. */
@BootTest(files = "/startup.nsh=src/test/resources/startup.nsh")
class ShellTest {

    @Test
    void aScriptRunsAndTheShellAnswers(BootSession boot) {
        boot.console().await("Press ESC");
        boot.send("\r");
        boot.console().await("my script ran on UEFI 2.70");
        boot.console().await("Shell>");

        boot.send("memmap\r");
        String map = boot.console().await("Total Memory");

        assertTrue(map.contains("ACPI_NVS"), map);
    }
}
