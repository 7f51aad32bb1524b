// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Locale;

/** Addresses, statuses and codes as people read them. */
public final class Hex {

    private Hex() {
    }

    /** {@code 0x} and upper-case digits without leading zeros; the number is unsigned. */
    public static String of(long number) {
        return "0x" + Long.toHexString(number).toUpperCase(Locale.ROOT);
    }
}
