// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that a {@link ForkServer} started, which tells this object what becomes of it. */
final class ForkedProcess implements HostProcess {

    private static final int PATIENCE_SECONDS = 5;

    private final Runnable kill;
    private final Tail complaints = new Tail();
    private final CompletableFuture<Integer> status = new CompletableFuture<>();

    /**
     * @param kill     has SIGKILL sent to it
     * @param lifetime after which it is ended
     */
    ForkedProcess(Runnable kill, Duration lifetime) {
        this.kill = kill;
        // A copy, which gives up where the status itself goes on to be awaited.
        status.copy().orTimeout(lifetime.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> {
            kill.run();
            return null;
        });
    }

    void said(byte[] words) {
        complaints.write(words, 0, words.length);
    }

    void ended(int exitStatus) {
        status.complete(exitStatus);
    }

    @Override
    public boolean alive() {
        return !status.isDone();
    }

    @Override
    public OptionalInt exitStatus() {
        return status.isDone() ? OptionalInt.of(status.join()) : OptionalInt.empty();
    }

    @Override
    public String lastWords() {
        return complaints.text();
    }

    @Override
    public void close() {
        if (!alive()) {
            return;
        }
        kill.run();
        try {
            status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The kernel keeps a process that is killed only while a disk does not answer.
            return;
        }
    }
}
