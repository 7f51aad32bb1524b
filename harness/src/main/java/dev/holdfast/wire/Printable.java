// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.util.Locale;

/** Guest output made safe to show: no control character reaches a terminal, and nothing is longer than asked. */
public final class Printable {

    private Printable() {
    }

    /** At most {@code limit} characters of the text, everything outside printable ASCII as {@code \xNN}, an ellipsis where it was cut. */
    public static String excerpt(String text, int limit) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.toCharArray()) {
            String next = c >= 0x20 && c < 0x7F ? String.valueOf(c) : String.format(Locale.ROOT, "\\x%02X", (int) c);
            if (shown.length() + next.length() > limit - 1) {
                return shown.append('…').toString();
            }
            shown.append(next);
        }
        return shown.toString();
    }
}
