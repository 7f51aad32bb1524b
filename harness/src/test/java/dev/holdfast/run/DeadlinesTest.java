// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.machine.Accelerator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final Deadlines USUAL = Deadlines.under(Accelerator.TCG);

    @Test
    void aShortLimitForAGuestLeavesTheFirmwareItsTime() {
        Deadlines shorter = USUAL.withBoot(Duration.ofSeconds(1));

        assertThat(shorter.boot()).isEqualTo(Duration.ofSeconds(1));
        assertThat(shorter.silence()).isEqualTo(Duration.ofSeconds(1));
        assertThat(shorter.firmware()).isEqualTo(USUAL.firmware());
        assertThat(shorter.lifetime()).isGreaterThan(shorter.firmware());
    }

    @Test
    void aLongLimitIsTheFirmwaresAsWell() {
        Duration longer = USUAL.firmware().multipliedBy(2);

        assertThat(USUAL.withBoot(longer).firmware()).isEqualTo(longer);
        assertThat(USUAL.withBoot(longer).silence()).isEqualTo(USUAL.silence());
    }
}
