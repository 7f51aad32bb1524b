// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Gathers what is wrong with a file, each with its place. */
final class Problems {

    /** As many as a person mends at once. */
    private static final int MAX = 20;
    private static final int MAX_WORDS = 400;

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** Lines and columns from 1; 0 for the file as a whole. */
    private record Problem(int line, int column, String words) {
    }

    Problems(String file) {
        this.file = file;
    }

    void add(Node node, String words) {
        add(node.getStartMark(), words);
    }

    /** @param place empty for the file as a whole */
    void add(Optional<Mark> place, String words) {
        if (found.size() < MAX) {
            found.add(new Problem(place.map(mark -> mark.getLine() + 1).orElse(0), place.map(mark -> mark.getColumn() + 1).orElse(0),
                    printable(words)));
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    /** What they all come to, in the order of the file. */
    MatrixFault fault() {
        return new MatrixFault(found.stream().sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .map(problem -> (problem.line == 0 ? file : file + ":" + problem.line + ":" + problem.column) + ": " + problem.words)
                .toList());
    }

    /** @throws MatrixFault if there are any */
    void refuse() {
        if (!none()) {
            throw fault();
        }
    }

    /** What a file holds may be anything; what a terminal is given may not. */
    private static String printable(String words) {
        String safe = words.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > MAX_WORDS ? safe.substring(0, MAX_WORDS) + " ..." : safe;
    }
}
