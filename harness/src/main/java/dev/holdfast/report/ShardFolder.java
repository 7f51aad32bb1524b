// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a shard's run left in its folder, which is only read.
 *
 * @param places where each cell that it has stands among those of the whole run, by the cells' ids
 */
record ShardFolder(Path path, RunInfo run, Asked asked, Part part, Map<String, Integer> places) {

    /**
     * Reads a folder.
     *
     * @throws ShardsFault      if it holds no shard's results
     * @throws EnvironmentFault if they are damaged, or hold a cell twice
     */
    static ShardFolder read(Path path) {
        Path journal = path.resolve(ResultsJournal.NAME);
        if (!Results.existIn(path)) {
            throw new ShardsFault("there is no " + ResultsJournal.NAME + " of a run in " + path
                    + "; name the folder that it was given with --out");
        }
        try {
            ResultsJournal.Header header = ResultsJournal.header(path)
                    .orElseThrow(() -> new EnvironmentFault(journal + " was cut before the end of its first line; run that shard again"));
            Optional<Part> part = header.asked().part();
            if (part.isEmpty()) {
                throw new ShardsFault(path + " holds a run of " + header.asked().name()
                        + " that is no shard; name only folders of runs with --shard");
            }
            ShardFolder folder = new ShardFolder(path, header.run(), header.asked(), part.get(), new HashMap<>());
            folder.forEach(line -> folder.keep(line.cell()));
            return folder;
        } catch (IOException e) {
            throw unreadable(journal, e);
        }
    }

    private void keep(CellSummary cell) {
        if (places.putIfAbsent(cell.id(), cell.place()) != null) {
            throw new EnvironmentFault("the cell " + cell.id() + " stands twice in " + path.resolve(ResultsJournal.NAME)
                    + "; run that shard again, without --resume");
        }
        if (cell.place() < 0 || cell.place() >= part.cells() || places.size() > asked.cells()) {
            throw new EnvironmentFault("the cell " + cell.id() + " in " + path.resolve(ResultsJournal.NAME) + " is none of the "
                    + Words.count(asked.cells(), "cell") + " of shard " + shard().label() + "; run that shard again, without --resume");
        }
    }

    /** Hands over every cell's line, in the order of the journal. */
    void forEach(Consumer<ResultsJournal.Line> lines) {
        try {
            ResultsJournal.read(path, lines);
        } catch (IOException e) {
            throw unreadable(path.resolve(ResultsJournal.NAME), e);
        }
    }

    private static EnvironmentFault unreadable(Path journal, IOException cause) {
        return new EnvironmentFault("the results in " + journal + " cannot be read: " + cause.getMessage(), cause);
    }

    Shard shard() {
        return part.shard();
    }

    /** Whether its run did not come to the end. */
    boolean cut() {
        return places.size() < asked.cells();
    }
}
