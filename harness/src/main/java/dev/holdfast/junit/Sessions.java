// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.CellBoot;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.Lab;
import dev.holdfast.run.MatrixFiles;
import dev.holdfast.run.OwnBoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The boots of one test, which end with it. */
final class Sessions implements Boots, AutoCloseable {

    private final Laboratory laboratory;
    private final BootSpec usual;
    private final Function<Cell, Promise> promises;
    private final Optional<String> matrix;
    private final Place place;
    private final List<BootSession> started = new ArrayList<>();
    private BootSession main;

    /**
     * @param usual  what boots unless the test says otherwise
     * @param matrix the scenario, or the file, whose promises hold
     */
    Sessions(Laboratory laboratory, BootSpec usual, Optional<String> matrix, Place place) {
        this.laboratory = laboratory;
        this.usual = usual;
        // A cell of no matrix has the promises of the first scenario that has it, or else of the table.
        this.promises = matrix.<Function<Cell, Promise>>map(word -> MatrixFiles.find(word)::promiseOf).orElse(Scenarios::promiseOf);
        this.matrix = matrix.filter(MatrixFiles::isFile);
        this.place = place;
    }

    @Override
    public BootSpec usual() {
        return usual;
    }

    /** The boot that the test's parameters are of. */
    synchronized BootSession main() {
        if (main == null) {
            main = start(usual);
        }
        return main;
    }

    @Override
    public synchronized BootSession start(BootSpec spec) {
        return spec.files().isPresent() ? startOwn(spec) : startCell(spec);
    }

    private BootSession startCell(BootSpec spec) {
        Cell cell = spec.asked();
        Lab lab = laboratory.of(cell.guest(), spec);
        CellBoot boot = lab.runner(place.folder(started.size() + 1)).start(cell, promises.apply(cell));
        return add(new CellSession(boot, boot.folder(), patience(spec, lab.computer().deadlines().boot()),
                Replay.command(spec, matrix, cell, boot.folder())));
    }

    private BootSession startOwn(BootSpec spec) {
        OwnBoot boots = laboratory.own();
        Duration patience = patience(spec, laboratory.computer().deadlines().boot());
        return keep(folder -> new OwnSession(boots, boots.start(spec.files().orElseThrow(), spec.shape(), spec.display(), folder.console(),
                folder.channelLog()), folder, "", patience, this));
    }

    private static Duration patience(BootSpec spec, Duration usual) {
        return spec.timeout().orElse(usual);
    }

    /** Starts a boot that is no cell's, given the folder for what is kept of it. */
    synchronized BootSession keep(Function<CellFolder, BootSession> starting) {
        return add(starting.apply(new CellFolder(place.folder(started.size() + 1), "own")));
    }

    private BootSession add(BootSession session) {
        started.add(session);
        return session;
    }

    synchronized List<BootSession> started() {
        return List.copyOf(started);
    }

    String testCommand() {
        return place.testCommand();
    }

    /** Where a test's files go. */
    record Place(Path out, String test, String testCommand) {
        /** @param number of the boot in its test, from 1 */
        Path folder(int number) {
            return out.resolve(number == 1 ? test : test + "-boot" + number);
        }
    }

    /** The last one first; one that cannot be closed keeps no other from it. */
    @Override
    public synchronized void close() {
        RuntimeException fault = null;
        for (int i = started.size() - 1; i >= 0; i--) {
            try {
                started.get(i).close();
            } catch (RuntimeException e) {
                fault = e;
            }
        }
        started.clear();
        if (fault != null) {
            throw fault;
        }
    }
}
