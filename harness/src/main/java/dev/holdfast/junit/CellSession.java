// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.InteractiveMachine;
import dev.holdfast.plan.Cell;
import dev.holdfast.run.CellBoot;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Verdict;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Transcript;
import java.time.Duration;
import java.util.Optional;

/** The boot of a cell. */
final class CellSession extends BootSession {

    private final CellBoot boot;
    private final String again;

    CellSession(CellBoot boot, CellFolder folder, Duration patience, String again) {
        super((InteractiveMachine) boot.machine(), folder, "", patience);
        this.boot = boot;
        this.again = again;
    }

    @Override
    public CellResult result() {
        return boot.finish();
    }

    @Override
    public Transcript transcript() {
        return boot.transcript();
    }

    @Override
    public Optional<Frame> await(String event) {
        return boot.await(event);
    }

    @Override
    public Block block() {
        Cell cell = boot.plan().cell();
        long at = await("uefi.filled").flatMap(frame -> frame.number("at")).orElseThrow(() -> {
            Verdict verdict = result().verdict();
            return new AssertionError("there is no block: " + verdict.reason());
        });
        return new Block(boot.plan().nonce(), cell.reservation().pages(), at, cell.reservation().type().number());
    }

    @Override
    public BootSnapshot snapshot() {
        throw new UnsupportedOperationException("a cell's boot is a fork already, and its nonce is its own; "
                + "snapshots are for applications of your own");
    }

    @Override
    public String again() {
        return again;
    }

    @Override
    public void close() {
        boot.close();
    }
}
