// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.Tail;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process in the container. */
final class RemoteProcess implements Mux.Listener, AutoCloseable {

    private static final int NEVER_STARTED = -1;

    private final Mux mux;
    private final int id;
    private final ByteQueue output = new ByteQueue(Integer.MAX_VALUE);
    private final Tail complaints = new Tail();
    private final CompletableFuture<OptionalInt> exit = new CompletableFuture<>();

    /** @param lifetime after which it is ended */
    RemoteProcess(Mux mux, List<String> words, Duration lifetime) {
        this.mux = mux;
        this.id = mux.run(words, this);
        CompletableFuture.delayedExecutor(lifetime.toNanos(), TimeUnit.NANOSECONDS).execute(this::kill);
    }

    @Override
    public void accept(MuxFrame frame) {
        byte[] bytes = frame.bytes();
        switch (frame.kind()) {
            case MuxFrame.OUTPUT -> output.put(bytes);
            case MuxFrame.ERROR -> complaints.write(bytes, 0, bytes.length);
            default -> {
                output.end();
                int status = frame.contents().getInt(0);
                exit.complete(OptionalInt.of(status < 0 ? NEVER_STARTED : status));
            }
        }
    }

    @Override
    public void gone() {
        output.end();
        exit.complete(OptionalInt.empty());
    }

    /** What it writes to its standard output. */
    ByteQueue output() {
        return output;
    }

    /** Its standard input. */
    WritableByteChannel input() {
        return new WritableByteChannel() {
            private boolean open = true;

            @Override
            public int write(ByteBuffer bytes) {
                int length = bytes.remaining();
                mux.input(id, bytes);
                return length;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }

    boolean alive() {
        return !exit.isDone();
    }

    /** 128 + N where signal N ended it; empty also where it went with the container. */
    OptionalInt exitStatus() {
        return exit.getNow(OptionalInt.empty());
    }

    /** The end of what it wrote to its standard error, on one line. */
    String lastWords() {
        return complaints.text();
    }

    /** @return whether it has ended by then */
    boolean await(Duration limit) {
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void kill() {
        if (alive()) {
            mux.kill(id);
        }
    }

    /** Sends SIGKILL and waits until it has gone. */
    @Override
    public void close() {
        kill();
        await(Duration.ofSeconds(5));
    }
}
