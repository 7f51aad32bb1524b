// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

/** Where assertions on boots begin; stands beside AssertJ's own in static imports. */
public final class BootAssertions {

    private BootAssertions() {
    }

    public static BootAssert assertThat(BootSession boot) {
        return new BootAssert(boot);
    }
}
