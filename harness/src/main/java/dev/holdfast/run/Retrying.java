// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Workspace;
import dev.holdfast.plan.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gives a cell that failed another try, in a boot of its own, and never hides that it did: a cell that comes through only then is flaky, and what was kept of
 * the tries before is kept beside the last one's, in folders that end in {@code .try1}, {@code .try2} and so on.
 */
public final class Retrying implements Function<Batch, List<Tries>> {

    private final Function<Batch, List<CellResult>> batchRunner;
    private final int retries;
    private final Path cells;

    /**
     * @param retries how many more tries a cell gets, 0 or more
     * @param cells   the folder that holds what is kept of each cell
     */
    public Retrying(Function<Batch, List<CellResult>> batchRunner, int retries, Path cells) {
        this.batchRunner = batchRunner;
        this.retries = retries;
        this.cells = cells;
    }

    /** @throws EnvironmentFault if an earlier try's folder cannot be put aside */
    @Override
    public List<Tries> apply(Batch batch) {
        batch.cells().forEach(cell -> forgetTriesOf(folderOf(cell)));
        return batchRunner.apply(batch).stream().map(this::retry).toList();
    }

    private Tries retry(CellResult first) {
        Path folder = folderOf(first.cell());
        List<CellResult> earlier = new ArrayList<>();
        CellResult result = first;
        while (result.failed() && earlier.size() < retries && !Shutdown.begun()) {
            earlier.add(result.keptIn(putAside(folder, earlier.size() + 1)));
            result = batchRunner.apply(Batch.alone(first.cell())).get(0);
        }
        return new Tries(result, earlier);
    }

    private Path folderOf(Cell cell) {
        return cells.resolve(CellFolder.nameOf(cell.id()));
    }

    /** What an earlier run left would be taken for this one's. */
    private static void forgetTriesOf(Path folder) {
        for (int number = 1; Files.exists(tryOf(folder, number)); number++) {
            Workspace.deleteTree(tryOf(folder, number));
        }
    }

    private static Path putAside(Path folder, int number) {
        Path aside = tryOf(folder, number);
        try {
            return Files.exists(folder) ? Files.move(folder, aside) : Files.createDirectories(aside);
        } catch (IOException e) {
            throw new EnvironmentFault("the folder " + folder + " cannot be renamed to " + aside.getFileName() + " (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    private static Path tryOf(Path folder, int number) {
        return folder.resolveSibling(folder.getFileName() + ".try" + number);
    }
}
