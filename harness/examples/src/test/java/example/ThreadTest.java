// SPDX-License-Identifier: BSD-2-Clause-Patent
package example;

import static dev.holdfast.junit.BootAssertions.assertThat;

import dev.holdfast.junit.BootSession;
import dev.holdfast.junit.BootTest;
import org.junit.jupiter.api.Test;

/** The forum thread: what a UEFI loader left at a fixed address, a driver maps while Driver Verifier watches. */
@BootTest(guest = "contract", verifier = "on", timeout = 60)
class ThreadTest {

    @Test
    @BootTest(mapping = "MmMapIoSpace.cached")
    void mappingUnlockedPagesStopsTheSystem(BootSession boot) {
        assertThat(boot).bugChecked(0xC4, 0x83).blockSurvived();
    }

    @Test
    @BootTest(mapping = "MmAllocateMdlForIoSpace.cached")
    void anMdlForIoSpaceIsTheAnswer(BootSession boot) {
        assertThat(boot).driverMappedTheBlock().blockSurvived().verifierStayedQuiet();
    }
}
