// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The matrices that ship; the first is the default, and each may import those before it. */
public final class Scenarios {

    private static final List<String> NAMES = List.of("osr-thread", "linux-thread", "types-by-os", "types-by-mapping", "placements",
            "locating", "osr-forensics", "osr-growable", "osr-nonpaged", "model-readings", "nightly");

    public static final List<Matrix> ALL = read();

    /** "How to properly use MmMapIoSpace to read physical memory?", with the answers that the thread gave and the question it left. */
    public static final Matrix OSR_THREAD = byDefault();

    private Scenarios() {
    }

    public static Matrix byDefault() {
        return ALL.get(0);
    }

    public static Optional<Matrix> named(String name) {
        return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
    }

    /** What is promised of a cell: by the first of these that has it, or else by the {@link PromiseTable}. */
    public static Promise promiseOf(Cell cell) {
        return ALL.stream().filter(scenario -> scenario.contains(cell)).findFirst().map(scenario -> scenario.promiseOf(cell))
                .orElseGet(() -> PromiseTable.of(cell));
    }

    private static List<Matrix> read() {
        List<Matrix> matrices = new ArrayList<>();
        for (String name : NAMES) {
            String file = name + ".yaml";
            matrices.add(MatrixReader.read(file, Shipped.text(file), matrices));
        }
        return List.copyOf(matrices);
    }
}
