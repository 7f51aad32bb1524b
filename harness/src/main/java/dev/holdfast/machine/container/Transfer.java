// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Files from here to the container and back. What is all zeros in them is not sent, and takes no room. */
final class Transfer {

    /** A snapshot's memory over a slow line. */
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int PORTION_BYTES = 64 * 1024;
    private static final byte[] ZEROS = new byte[PORTION_BYTES];
    /** Linux's numbers (asm-generic/errno-base.h) of what can befall a file there. */
    private static final Map<Integer, String> ERRORS = Map.of(2, "no such file", 6, "nobody reads it", 13, "permission denied",
            28, "no space is left there");

    private final Mux mux;

    Transfer(Mux mux) {
        this.mux = mux;
    }

    /**
     * Copies a file into the container. What is asked of the container from now on finds it there.
     *
     * @throws EnvironmentFault if it cannot be read here, or written there
     */
    void put(Path file, String path) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        int id = mux.write(new Outcome(done));
        try (FileChannel in = FileChannel.open(file)) {
            ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
            long at = 0;
            for (int length = in.read(portion); length >= 0; length = in.read(portion)) {
                portion.flip();
                if (portion.mismatch(ByteBuffer.wrap(ZEROS, 0, length)) >= 0) {
                    mux.portion(id, path, at, portion);
                }
                at += length;
                portion.clear();
            }
            mux.portion(id, path, at, ByteBuffer.allocate(0));
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
        await(done, file + " cannot be copied into the container");
    }

    /** Writes a few bytes to a file or a pipe there, and does not wait for what comes of it. */
    void append(String path, byte[] bytes) {
        mux.portion(mux.write(new Outcome(new CompletableFuture<>())), path, 0, ByteBuffer.wrap(bytes));
    }

    /**
     * Copies a file out of the container.
     *
     * @throws EnvironmentFault if it cannot be read there, or written here
     */
    void get(String path, Path file) {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            mux.read(path, new Incoming(out, done));
            await(done, file + " cannot be copied out of the container");
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void await(CompletableFuture<Void> done, String otherwise) {
        try {
            done.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new EnvironmentFault(otherwise + " within " + LIMIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new EnvironmentFault(otherwise + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFault(otherwise + ": the wait for it was interrupted", e);
        }
    }

    private static class Outcome implements Mux.Listener {

        private final CompletableFuture<Void> done;

        Outcome(CompletableFuture<Void> done) {
            this.done = done;
        }

        @Override
        public void accept(MuxFrame frame) {
            if (frame.kind() == MuxFrame.END) {
                end(frame.contents().getLong(0), frame.contents().getInt(Long.BYTES));
            }
        }

        void end(long length, int error) {
            if (error == 0) {
                done.complete(null);
            } else {
                failed(new IOException(ERRORS.getOrDefault(error, "error " + error)));
            }
        }

        final void failed(IOException failure) {
            done.completeExceptionally(failure);
        }

        @Override
        public void gone() {
            failed(new IOException("the container has gone"));
        }
    }

    private static final class Incoming extends Outcome {

        private final FileChannel out;

        Incoming(FileChannel out, CompletableFuture<Void> done) {
            super(done);
            this.out = out;
        }

        @Override
        public void accept(MuxFrame frame) {
            try {
                if (frame.kind() == MuxFrame.PORTION) {
                    write(frame.contents().position(Long.BYTES), frame.contents().getLong(0));
                } else {
                    super.accept(frame);
                }
            } catch (IOException e) {
                failed(e);
            }
        }

        @Override
        void end(long length, int error) {
            try {
                if (out.size() < length) {
                    // A hole up to its last byte.
                    write(ByteBuffer.allocate(1), length - 1);
                }
                super.end(length, error);
            } catch (IOException e) {
                failed(e);
            }
        }

        private void write(ByteBuffer bytes, long offset) throws IOException {
            long at = offset;
            while (bytes.hasRemaining()) {
                at += out.write(bytes, at);
            }
        }
    }
}
