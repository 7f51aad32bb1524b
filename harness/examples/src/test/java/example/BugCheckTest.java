// SPDX-License-Identifier: BSD-2-Clause-Patent
package example;

import static dev.holdfast.junit.BootAssertions.assertThat;

import dev.holdfast.junit.BootExtension;
import dev.holdfast.junit.BootSession;
import dev.holdfast.junit.BootSpec;
import dev.holdfast.junit.Boots;
import dev.holdfast.wire.Block;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same in code, for those who prefer it to annotations. */
class BugCheckTest {

    private static final BootSpec THREAD = BootSpec.contract().mapping("MmMapIoSpace.cached").verifier(true);

    @RegisterExtension
    static final BootExtension BOOTS = new BootExtension(THREAD);

    @Test
    void theBugCheckNamesTheBlock(BootSession boot, Block block) {
        assertThat(boot).bugChecked(0xC4, 0x83, block.address(), block.pages() * Block.PAGE_BYTES);
    }

    @Test
    void withoutVerifierNothingStopsIt(Boots boots) {
        assertThat(boots.start(THREAD.verifier(false))).didNotBugCheck().driverMappedTheBlock().blockSurvived();
    }

    @Test
    @Tag("fails-on-purpose")
    void whatAFailureLooksLike(BootSession boot) {
        assertThat(boot).verifierStayedQuiet();
    }
}
