// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.plan.Cell;
import java.nio.file.Path;
import java.util.List;

/** A program that reports as many cells as it is told to into a folder, saying each as it is kept; to be given little memory, or killed. */
final class ManyCells {

    private ManyCells() {
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        List<Cell> cells = Samples.cells(count);
        try (Results results = Results.start(folder, Samples.RUN, new Asked("many", "", "nothing", count, "replay"))) {
            for (int i = 0; i < count; i++) {
                results.add(i, Samples.withFailures(cells.get(i), i % 7 == 0), List.of());
                System.out.println(i + 1);
            }
            new JUnitXml(results.run(), "many", "replay").write(folder, results.cells());
            System.out.println(new ResultTable(Palette.PLAIN, 100, "replay").render(results.cells()).length() > 0);
        }
        System.out.println(Baseline.read(folder.resolve("results.json")).compare(List.of(), id -> true).gone().size());
    }
}
