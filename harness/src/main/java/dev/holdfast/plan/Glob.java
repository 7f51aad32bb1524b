// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.regex.Pattern;

/** Patterns in which {@code *} stands for any characters, slashes too, and {@code ?} for one. */
public final class Glob {

    private Glob() {
    }

    /** The pattern as a regular expression. */
    public static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (char c : glob.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString());
    }

    static boolean is(String word) {
        return word.indexOf('*') >= 0 || word.indexOf('?') >= 0;
    }

    static boolean matches(String glob, String word) {
        return compile(glob).matcher(word).matches();
    }
}
