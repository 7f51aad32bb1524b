// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Machine;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.Transcript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A cell whose machine has been started and that nobody has judged yet. Closing it ends the machine. For use by one thread at a time. */
public final class CellBoot implements AutoCloseable {

    private final CellRunner runner;
    private final Batch batch;
    private final Function<Cell, Promise> promises;
    private final Plan plan;
    private final Boot boot;
    private final CellFolder folder;
    private final Conversation conversation;
    private final Machine machine;
    private final long start = System.nanoTime();
    private BootEnd end;
    private List<CellResult> results = List.of();

    CellBoot(CellRunner runner, Batch batch, Function<Cell, Promise> promises, Plan plan, Boot boot, CellFolder folder,
             Conversation conversation, Machine machine) {
        this.runner = runner;
        this.batch = batch;
        this.promises = promises;
        this.plan = plan;
        this.boot = boot;
        this.folder = folder;
        this.conversation = conversation;
        this.machine = machine;
    }

    /** It runs until somebody asks for the result. */
    public Machine machine() {
        return machine;
    }

    public Plan plan() {
        return plan;
    }

    /** What has been said by now. */
    public Transcript transcript() {
        if (results.isEmpty()) {
            conversation.listen();
        }
        return conversation.transcript();
    }

    /** Waits for an event, which is empty where the boot ended without it. */
    public Optional<Frame> await(String event) {
        if (end == null && transcript().first(event).isEmpty()) {
            runner.awaitEvent(this, event);
        }
        return transcript().first(event);
    }

    /** Waits for the guest's last words; it then stands where it said them until {@link #finish}. */
    public BootEnd awaitEnd() {
        if (end == null) {
            end = runner.awaitLastWords(machine, conversation, folder);
        }
        return end;
    }

    /** Waits for the end, looks at the block from outside, lets the guest go, and judges. */
    public CellResult finish() {
        return finishAll().get(0);
    }

    /** The same for each of the cells that the boot serves. */
    List<CellResult> finishAll() {
        if (results.isEmpty()) {
            results = runner.judge(this, awaitEnd());
        }
        return results;
    }

    Batch batch() {
        return batch;
    }

    Function<Cell, Promise> promises() {
        return promises;
    }

    Boot boot() {
        return boot;
    }

    /** What is kept of the boot. */
    public CellFolder folder() {
        return folder;
    }

    Conversation conversation() {
        return conversation;
    }

    long millis() {
        return (System.nanoTime() - start) / 1_000_000;
    }

    @Override
    public void close() {
        try (conversation) {
            machine.close();
        }
    }
}
