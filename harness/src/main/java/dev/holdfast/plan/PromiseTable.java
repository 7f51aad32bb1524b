// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;

/** The promises, one row a rule, as the file {@code promises.yaml} has them; the first row that fits a cell is its
 * promise, and every cell has one. */
public final class PromiseTable {

    private static final String FILE = "promises.yaml";

    static final List<PromiseRule> RULES = MatrixReader.readTable(FILE, Shipped.text(FILE));

    private PromiseTable() {
    }

    /** The promise made of {@code cell}; {@link Promise.Open} where nothing is. */
    public static Promise of(Cell cell) {
        return RULES.stream().filter(rule -> rule.when().fits(cell)).findFirst()
                .orElseThrow(() -> new IllegalStateException(FILE + " has no row for " + cell.id())).promise();
    }
}
