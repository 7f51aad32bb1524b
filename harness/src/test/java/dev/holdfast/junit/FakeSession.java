// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Verdicts;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Transcript;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A boot that came to what a test says. */
final class FakeSession extends BootSession {

    private final CellResult result;

    FakeSession(Path folder, Cell cell, Observation observed) {
        super(null, new CellFolder(folder, cell.id()), "", Duration.ofSeconds(1));
        Promise promise = Scenarios.promiseOf(cell);
        result = new CellResult(cell, promise, Nonce.fresh(), "fork", observed, Verdicts.judge(cell, promise, observed), 1, folder(), List.of());
    }

    @Override
    public CellResult result() {
        return result;
    }

    @Override
    public String again() {
        return "./holdfast replay " + result.cell().id();
    }

    @Override
    public BootSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Transcript transcript() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Frame> await(String event) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Block block() {
        throw new UnsupportedOperationException();
    }
}
