// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** For a word that there is not: the one that was probably meant. */
public final class Suggestions {

    private Suggestions() {
    }

    /** A sentence that offers the nearest candidate, or lists where to look; starts with a semicolon. */
    public static String offer(String word, Stream<String> candidates, String otherwise) {
        return nearest(word, candidates).map(near -> "; did you mean " + near + "?").orElse("; " + otherwise);
    }

    /** The candidate that takes the fewest changes, if they are fewer than half of the word. */
    public static Optional<String> nearest(String word, Stream<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        return candidates
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))))
                .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= Math.max(1, word.length() / 2));
    }

    /** Levenshtein's distance. */
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
