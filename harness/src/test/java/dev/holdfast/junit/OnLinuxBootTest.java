// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static dev.holdfast.junit.BootAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.wire.Block;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Tests as users write them for Debian's kernel, run by JUnit's own engine. */
@Tag("boot")
@Timeout(180)
class OnLinuxBootTest {

    @TempDir
    private Path out;

    @Test
    void theKernelIsAskedWhatAKernelCanAnswer() {
        Map<String, String> failures = Runs.failures(Runs.all(out, OnLinux.class, Map.of()));

        assertThat(failures).allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty()).hasSize(3);
    }

    @Test
    void aMatrixMayHaveCellsOfBothGuests() {
        Map<String, String> failures = Runs.failures(Runs.all(out, OfMatrix.class, Map.of()));

        assertThat(failures).allSatisfy((test, failure) -> assertThat(failure).as(test).isEmpty()).hasSize(2);
    }

    @BootTest(guest = "linux")
    static class OnLinux {

        @Test
        @BootTest(mapping = "memremap.cached")
        void reservedMemoryIsKeptAndMayBeMapped(BootSession boot, Block block) {
            assertThat(boot.await("driver.mapped").orElseThrow().number("status")).contains(0L);
            assertThat(boot).driverMappedTheBlock().blockSurvived().kernelStayedQuiet().isAsPromised();
            assertThat(block.address()).isEqualTo(boot.observed().locatedAt().orElseThrow());
            assertThatThrownBy(() -> assertThat(boot).verifierStayedQuiet()).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("but the guest linux has no Driver Verifier").hasMessageMatching("(?s).*\n  again: .*holdfast replay "
                            + "linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier");
        }

        @Test
        @BootTest(type = "EfiLoaderData", mapping = "ioremap.noncached")
        void memoryOfItsOwnIsNotMappedAndTheKernelSaysSo(BootSession boot) {
            assertThat(boot).blockWasLost().mappingWasRefused("ENOMEM").kernelComplained("ioremap on RAM");
            assertThatThrownBy(() -> assertThat(boot).kernelStayedQuiet()).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the kernel complained during ioremap.noncached: \"ioremap on RAM at 0x");
        }

        @Test
        @BootTest(reboot = "reset")
        void whatIsLeftAfterAResetIsLookedAt(BootSession boot) {
            assertThat(boot).isAsPromised();
            assertThat(boot.observed().kernel().afterReset()).isPresent();
        }
    }

    @BootTest
    static class OfMatrix {

        @ParameterizedTest
        @MatrixSource("src/test/resources/dev/holdfast/junit/mixed.yaml")
        void everyCell(Cell cell, BootSession boot) {
            assertThat(boot).driverMappedTheBlock().blockSurvived().isAsPromised();
            if (cell.guest() == GuestKind.LINUX) {
                assertThat(boot).kernelStayedQuiet();
            }
        }
    }
}
