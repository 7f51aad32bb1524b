// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A QEMU that stands where its dynamic linker has done its work, and is forked for each machine: half of what it takes to start one. What
 * makes it stand there is a library that is preloaded into it; harness/src/main/c/forkserver.c says what goes over the socket between the
 * two. It and every machine end with the harness.
 */
final class ForkServer implements AutoCloseable {

    private static final int START = 1;
    private static final int KILL = 2;
    private static final int READY = 3;
    private static final int SAID = 4;
    private static final int ENDED = 5;

    private static final int MAX_BODY_BYTES = 4096;
    /** Of a machine whose server has gone: it went with it. */
    private static final int KILLED = 128 + 9;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 2;
    /** ps(1) shows a machine's arguments as far as they find room in the place of those that the server was started with. */
    private static final String ROOM_FOR_ARGUMENTS = "-".repeat(8192);
    private static final Duration A_RUN = Duration.ofDays(365);

    private final SocketServer socket;
    private final QemuProcess process;
    private final CompletableFuture<SocketChannel> peer = new CompletableFuture<>();
    private final CountDownLatch gone = new CountDownLatch(1);
    private final Map<Integer, ForkedProcess> machines = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /**
     * Starts it and waits until machines can be asked for.
     *
     * @param library the one to be preloaded
     * @param folder  one whose path is short enough for a socket
     * @throws EnvironmentFault in a clause, if it cannot be started
     */
    ForkServer(Path program, Path library, Path folder) {
        if (!Files.isReadable(library)) {
            throw new EnvironmentFault(library + " is not built");
        }
        Path place = folder.resolve("forks");
        socket = new SocketServer(place, "forks", this::converse);
        List<String> line = List.of(Tools.require("env", "coreutils").toString(), "LD_PRELOAD=" + library, "FORKSERVER_SOCKET=" + place,
                program.toString(), ROOM_FOR_ARGUMENTS);
        process = new QemuProcess(line, Optional.empty(), A_RUN);
        try {
            awaitReady();
        } catch (EnvironmentFault e) {
            close();
            throw e;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!peer.isDone()) {
                if (!process.alive() || System.nanoTime() > deadline) {
                    throw new EnvironmentFault(process.alive() ? "it does not get there within " + PATIENCE.toSeconds() + " s"
                            : "it ended with status " + process.exitStatus().orElse(-1) + " (" + process.lastWords() + ")");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFault("the wait for it was interrupted", e);
        }
    }

    boolean alive() {
        return gone.getCount() > 0 && process.alive();
    }

    /**
     * @param input    a file that it has open for reading as {@link QemuProcess#INPUT_DESCRIPTOR}
     * @param lifetime after which it is ended
     */
    HostProcess start(List<String> commandLine, Path input, Duration lifetime) {
        int number = numbers.incrementAndGet();
        ForkedProcess machine = new ForkedProcess(() -> ask(KILL, number, new byte[0]), lifetime);
        machines.put(number, machine);
        List<String> words = new ArrayList<>(List.of(input.toString()));
        words.addAll(commandLine);
        ask(START, number, (String.join("\0", words) + "\0").getBytes(StandardCharsets.UTF_8));
        return machine;
    }

    private synchronized void ask(int kind, int number, byte[] body) {
        // A channel closes under a thread that is interrupted, and this one is everybody's.
        boolean interrupted = Thread.interrupted();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream message = new DataOutputStream(bytes);
            message.writeInt(kind);
            message.writeInt(number);
            message.writeInt(body.length);
            message.write(body);
            ByteBuffer rest = ByteBuffer.wrap(bytes.toByteArray());
            while (rest.hasRemaining()) {
                peer.join().write(rest);
            }
        } catch (IOException e) {
            endAll();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void converse(SocketChannel connected) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(connected)));
        try {
            while (true) {
                int kind = in.readInt();
                int number = in.readInt();
                int length = in.readInt();
                if (length < 0 || length > MAX_BODY_BYTES) {
                    throw new IOException("a message of " + length + " bytes");
                }
                hear(connected, kind, number, in.readNBytes(length));
            }
        } finally {
            endAll();
        }
    }

    private void hear(SocketChannel connected, int kind, int number, byte[] body) {
        if (kind == READY) {
            peer.complete(connected);
        } else if (kind == SAID && machines.containsKey(number)) {
            machines.get(number).said(body);
        } else if (kind == ENDED && machines.containsKey(number)) {
            machines.remove(number).ended(ByteBuffer.wrap(body).getInt());
        }
    }

    private void endAll() {
        gone.countDown();
        machines.values().forEach(machine -> machine.ended(KILLED));
        machines.clear();
    }

    @Override
    public void close() {
        process.close();
        socket.close();
        endAll();
    }
}
