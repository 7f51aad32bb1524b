// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Locale;

/** Text made safe to show: nothing in it can move a cursor, change a colour, end a line or turn the direction of reading. */
final class Escaped {

    private Escaped() {
    }

    /** The text with every character that is not for reading written as {@code \xNN}. */
    static String of(String text) {
        return text.codePoints().allMatch(Escaped::readable) ? text : escape(text);
    }

    private static String escape(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (readable(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\x%02X", c));
            }
        });
        return shown.toString();
    }

    private static boolean readable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
