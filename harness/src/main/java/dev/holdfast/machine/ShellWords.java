// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.util.List;
import java.util.stream.Collectors;

/** A command line that can be pasted into a POSIX shell. */
public final class ShellWords {

    private ShellWords() {
    }

    public static String join(List<String> words) {
        return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }

    static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
