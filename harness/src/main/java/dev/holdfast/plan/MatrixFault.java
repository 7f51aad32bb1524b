// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;

/** A file that is no matrix. */
public final class MatrixFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    MatrixFault(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, a sentence each that starts with FILE:LINE:COLUMN. */
    public List<String> problems() {
        return problems;
    }
}
