// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterInfo;

/** The cell among a parameterized test's arguments. */
final class CellArgument {

    private CellArgument() {
    }

    static Optional<Cell> of(ExtensionContext context) {
        try {
            return Parameters.cell(context);
        } catch (NoClassDefFoundError e) {
            // JUnit's support for parameterized tests is a library of its own, which not everybody has.
            return Optional.empty();
        }
    }

    /** Apart, so that nothing else needs that library. */
    private static final class Parameters {

        static Optional<Cell> cell(ExtensionContext context) {
            return Optional.ofNullable(ParameterInfo.get(context)).flatMap(info -> Stream.of(info.getArguments().toArray())
                    .filter(Cell.class::isInstance).map(Cell.class::cast).findFirst());
        }
    }
}
