// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs cells that share a boot so that whatever goes wrong is either their failure or everybody's: a boot that cannot be carried out fails,
 * with the reason, and other cells go on; where the computer itself has given way, no cell can be judged, and the fault is thrown.
 */
public final class Contained implements Function<Batch, List<CellResult>> {

    /** Of a boot that was never begun, or whose nonce is not known. */
    private static final Nonce NO_NONCE = Nonce.of("0".repeat(2 * Nonce.BYTES));

    private static final int MAX_REASON = 300;

    private final Function<Batch, List<CellResult>> batchRunner;
    private final Premises premises;
    private final Function<Cell, Promise> promises;
    private final Path cells;
    private final String boot;

    /**
     * @param promises what is promised of a cell
     * @param cells    the folder that holds what is kept of each cell
     * @param boot     the word for the way in which the machines are brought up
     */
    public Contained(Function<Batch, List<CellResult>> batchRunner, Premises premises, Function<Cell, Promise> promises, Path cells, String boot) {
        this.batchRunner = batchRunner;
        this.premises = premises;
        this.promises = promises;
        this.cells = cells;
        this.boot = boot;
    }

    /** @throws EnvironmentFault if what befell the cell would befall every other */
    @Override
    public List<CellResult> apply(Batch batch) {
        premises.glance();
        long start = System.nanoTime();
        try {
            List<CellResult> results = batchRunner.apply(batch);
            if (results.stream().anyMatch(CellResult::failed)) {
                premises.inspect();
            }
            return results;
        } catch (EnvironmentFault e) {
            // A full disk shows in many ways, and few of them name it.
            premises.inspect();
            throw e;
        } catch (RuntimeException e) {
            premises.inspect();
            long millis = (System.nanoTime() - start) / 1_000_000;
            return batch.cells().stream().map(cell -> failed(cell, e, millis)).toList();
        }
    }

    private CellResult failed(Cell cell, RuntimeException fault, long millis) {
        Path folder = cells.resolve(CellFolder.nameOf(cell.id()));
        String words = fault instanceof MachineFault ? fault.getMessage() : "the harness failed: " + fault + keep(fault, folder);
        String reason = "the boot was not carried through: " + Printable.excerpt(words, MAX_REASON);
        return new CellResult(cell, promises.apply(cell), NO_NONCE, boot, nothingSeen(reason), new Verdict(Outcome.FAIL, reason), millis,
                folder, List.of());
    }

    /** Keeps what tells a developer where it went wrong, and says so in a clause. */
    private static String keep(RuntimeException fault, Path folder) {
        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        try {
            Files.writeString(Files.createDirectories(folder).resolve(CellFolder.FAULT), trace.toString());
            return "; " + CellFolder.FAULT + " says where";
        } catch (IOException e) {
            // The folder may be what went wrong, and the fault is told anyway.
            return "";
        }
    }

    private static Observation nothingSeen(String reason) {
        return new Observation(new BootEnd(BootEnd.Kind.MACHINE_GONE, reason), List.of(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty(), "", Optional.empty(), "",
                Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(),
                Map.of(), KernelSeen.NOTHING);
    }
}
