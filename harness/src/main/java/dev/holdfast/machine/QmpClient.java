// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * QEMU's monitor protocol (docs/interop/qmp-spec.rst) on a UNIX socket on which the harness waits and QEMU connects, or between two
 * streams. Commands may come from any thread; each waits for its own answer, and no longer than the time that was set.
 */
final class QmpClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** QEMU's longest answer to what is asked here has some hundred bytes. */
    private static final int MAX_LINE_BYTES = 1024 * 1024;

    private static final long NEGOTIATION = 0;
    private static final String PANIC = "GUEST_PANICKED";

    private final Duration patience;
    private final AutoCloseable connection;
    private final CompletableFuture<WritableByteChannel> ready = new CompletableFuture<>();
    private final Map<Long, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong(NEGOTIATION + 1);
    private volatile boolean panicked;

    /** @param patience how long QEMU may take to connect, and then to answer */
    QmpClient(Path socket, Duration patience) {
        this.patience = patience;
        this.connection = new SocketServer(socket, "qmp", peer -> converse(Channels.newInputStream(peer), peer));
    }

    /** @param patience how long QEMU may take to greet, and then to answer */
    QmpClient(InputStream from, WritableByteChannel to, Duration patience) {
        this.patience = patience;
        this.connection = to;
        Thread thread = new Thread(() -> {
            try {
                converse(from, to);
            } catch (IOException e) {
                // The other side has gone, or close() was called: either way nothing more comes.
                return;
            }
        }, "qmp");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs a command and returns what its {@code return} member holds.
     *
     * @throws MachineFault if QEMU reports an error, has gone, or does not answer in time
     */
    JsonNode execute(String command, Map<String, ?> arguments) {
        WritableByteChannel peer = await(ready, command);
        long id = nextId.getAndIncrement();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        try {
            send(peer, id, command, arguments);
            return await(answer, command);
        } catch (IOException e) {
            throw gone(command, e);
        } finally {
            pending.remove(id);
        }
    }

    /** Whether QEMU has said that the guest's kernel panicked. */
    boolean panicked() {
        return panicked;
    }

    private synchronized void send(WritableByteChannel peer, long id, String command, Map<String, ?> arguments) throws IOException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("execute", command);
        request.put("id", id);
        if (!arguments.isEmpty()) {
            request.put("arguments", arguments);
        }
        ByteBuffer line = ByteBuffer.wrap(JSON.writeValueAsBytes(request));
        while (line.hasRemaining()) {
            peer.write(line);
        }
    }

    private <T> T await(CompletableFuture<T> future, String command) {
        try {
            return future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new MachineFault("QEMU did not answer " + command + " within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MachineFault fault) {
                throw fault;
            }
            throw gone(command, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineFault("the wait for QEMU's answer to " + command + " was interrupted", e);
        }
    }

    private static MachineFault gone(String command, Throwable cause) {
        return new MachineFault("QEMU has gone and cannot " + command, cause);
    }

    private void converse(InputStream from, WritableByteChannel peer) throws IOException {
        InputStream in = new BufferedInputStream(from);
        try {
            for (String line = readLine(in); line != null; line = readLine(in)) {
                dispatch(peer, JSON.readTree(line));
            }
        } finally {
            MachineFault end = new MachineFault("QEMU has closed its monitor");
            ready.completeExceptionally(end);
            pending.values().forEach(answer -> answer.completeExceptionally(end));
        }
    }

    private void dispatch(WritableByteChannel peer, JsonNode message) throws IOException {
        long id = message.path("id").asLong(-1);
        if (message.has("QMP")) {
            // The greeting. Other commands are refused until capabilities have been negotiated.
            send(peer, NEGOTIATION, "qmp_capabilities", Map.of());
        } else if (message.path("event").asText().equals(PANIC)) {
            panicked = true;
        } else if (id == NEGOTIATION) {
            ready.complete(peer);
        } else if (pending.containsKey(id)) {
            answer(pending.get(id), message);
        }
    }

    private static void answer(CompletableFuture<JsonNode> answer, JsonNode message) {
        if (message.has("error")) {
            answer.completeExceptionally(new MachineFault("QEMU refused: " + message.path("error").path("desc").asText()));
        } else {
            answer.complete(message.path("return"));
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (line.size() == MAX_LINE_BYTES) {
                throw new IOException("a line of QEMU's monitor is longer than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(octet);
        }
        return null;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (Exception e) {
            throw new MachineFault("QEMU's monitor cannot be closed: " + e.getMessage(), e);
        }
        ready.completeExceptionally(new MachineFault("QEMU's monitor was closed"));
    }
}
