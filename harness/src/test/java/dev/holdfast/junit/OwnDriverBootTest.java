// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static dev.holdfast.junit.BootAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.cli.Cli;
import dev.holdfast.plan.Cell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drivers of somebody's own: what can be said of them, and whose fault it is that no more can. */
@BootTest
@Tag("boot")
@Timeout(120)
class OwnDriverBootTest {

    private static final String SILENT = "the driver never said what it saw: DriverEntry returned 0x0 (STATUS_SUCCESS), and no frame of its "
            + "own tells of the block; the guest is at fault, not this computer";
    private static final String CELL = "contract/EfiReservedMemoryType@first-free/scan/MmAllocateMdlForIoSpace.cached/verifier";

    @TempDir
    private static Path folder;
    private static OwnDrivers drivers;
    private static Path mute;
    private static BootSpec usual;

    @BeforeAll
    static void sign() throws Exception {
        drivers = new OwnDrivers(Files.createDirectory(folder.resolve("drivers")));
        mute = drivers.build("mute", "return 0;");
        usual = BootSpec.of(Cell.named(CELL).orElseThrow()).certificate(drivers.certificate());
    }

    @Test
    void oneThatSaysNothingIsJudgedByWhatTheHostAndTheGuestSaw(Boots boots) {
        BootSession boot = boots.start(usual.driver(mute));

        assertThat(boot).blockSurvived().verifierStayedQuiet();
        assertThatThrownBy(() -> assertThat(boot).driverMappedTheBlock())
                .hasMessageStartingWith("expected that the driver mapped the block, but " + SILENT);
        assertThatThrownBy(() -> assertThat(boot).driverWasUnloaded()).hasMessageContaining("it has no unload routine");
        assertThatThrownBy(() -> assertThat(boot).isAsPromised()).hasMessageContaining(SILENT);
    }

    /** On the command line it is a broken promise: status 1. What this computer lacks is status 3, whatever the driver. */
    @Test
    void theCommandLineBlamesTheGuestForItsSilenceAndThisComputerForItsOwn() throws Exception {
        String[] arguments = {"replay", "--driver", mute.toString(), "--certificate", drivers.certificate().toString(), "--out",
                folder.resolve("out").toString(), CELL};
        Cli guest = Cli.run(arguments);
        Cli computer = Cli.runWith(Map.of("PATH", "/nowhere"), arguments);

        assertThat(guest.out().replaceAll("\\s+", " ")).contains(SILENT);
        assertThat(guest.status()).isEqualTo(1);
        assertThat(computer.err()).contains("qemu-system-x86_64 is not on the PATH; install it");
        assertThat(computer.status()).isEqualTo(3);
    }

    @Test
    void oneThatNeverComesBackIsTheGuestsFault(Boots boots) throws Exception {
        BootSession boot = boots.start(usual.driver(drivers.build("stuck", "for (;;) { }")).timeout(Duration.ofSeconds(4)));

        assertThatThrownBy(() -> assertThat(boot).blockSurvived()).hasMessageContaining("no ").hasMessageContaining("4 s; the last frame was "
                + "guest.driver; the guest is at fault, not this computer");
    }

    @Test
    void oneThatNeedsWhatThereIsNotIsToldAllOfIt(Boots boots) throws Exception {
        BootSession boot = boots.start(usual.driver(drivers.build("needy",
                "KeFirstOfMine(); KeSecondOfMine(); return 0;", "KeFirstOfMine", "KeSecondOfMine")));

        assertThatThrownBy(() -> assertThat(boot).didNotBugCheck()).hasMessageStartingWith("expected that the system went on, but the driver "
                + "imports 2 routines that the guest does not have: ntoskrnl.exe!KeFirstOfMine, ntoskrnl.exe!KeSecondOfMine");
    }
}
