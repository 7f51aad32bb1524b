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

/** A cell whose machine has been started and that nobody has judged yet. Closing it ends the machine. For use by one thread at a time. */
public final class CellBoot implements AutoCloseable {

    private final CellRunner runner;
    private final Promise promise;
    private final Plan plan;
    private final Boot boot;
    private final CellFolder folder;
    private final Conversation conversation;
    private final Machine machine;
    private final long start = System.nanoTime();
    private BootEnd end;
    private CellResult result;

    CellBoot(CellRunner runner, Promise promise, Plan plan, Boot boot, CellFolder folder, Conversation conversation, Machine machine) {
        this.runner = runner;
        this.promise = promise;
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
        if (result == null) {
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
        if (result == null) {
            result = runner.judge(this, awaitEnd());
            if (boot.said().length > 0) {
                folder.keepBefore(boot.said());
            }
        }
        return result;
    }

    Cell cell() {
        return plan.cell();
    }

    Promise promise() {
        return promise;
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

    List<String> commandLine() {
        return machine.commandLine();
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
