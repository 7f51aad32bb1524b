// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * This side of the program by which others are run in the container (vm-images/runner/procmux.c): many processes and files over one pair
 * of streams. What is asked for is done in the order in which it is asked for. Safe for use by several threads.
 */
final class Mux implements AutoCloseable {

    /** After which it takes this program for dead: it may be stopped for a while, or have a full network to wait for. */
    static final int SILENCE_SECONDS = 60;
    private static final int PING_SECONDS = 10;

    /** Is told what comes of a request, on the thread that reads, which must not be kept waiting. */
    interface Listener {

        void accept(MuxFrame frame);

        /** Nothing more will come, of this or anything else. */
        void gone();
    }

    private final ByteQueue toContainer;
    private final MuxFrame.Decoder decoder = new MuxFrame.Decoder(this::dispatch);
    private final Map<Integer, Listener> listeners = new ConcurrentHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger(1);
    private final ScheduledExecutorService pings;
    private volatile String end;

    /** @param toContainer becomes the program's standard input */
    Mux(ByteQueue toContainer) {
        this.toContainer = toContainer;
        pings = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "container-ping");
            thread.setDaemon(true);
            return thread;
        });
        pings.scheduleAtFixedRate(() -> tell(MuxFrame.PING, 0), PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes in what the program has written. For use by one thread. */
    void receive(byte[] bytes) {
        try {
            decoder.feed(bytes);
        } catch (IllegalStateException e) {
            ended(e.getMessage());
        }
    }

    private void dispatch(MuxFrame frame) {
        Listener listener = listeners.get(frame.id());
        if (listener == null) {
            return;
        }
        if (frame.kind() == MuxFrame.EXIT || frame.kind() == MuxFrame.END) {
            listeners.remove(frame.id());
        }
        listener.accept(frame);
    }

    /** Says that the program has gone: nothing more comes from it, and nothing reaches it. */
    synchronized void ended(String why) {
        if (end == null) {
            end = why;
            toContainer.end();
            pings.shutdown();
            listeners.values().forEach(Listener::gone);
            listeners.clear();
        }
    }

    /** Why nothing more comes; empty while something may. */
    Optional<String> end() {
        return Optional.ofNullable(end);
    }

    /** @throws EnvironmentFault if the program has gone */
    private int ask(char kind, Listener listener, ByteBuffer... contents) {
        int id = await(listener);
        if (!toContainer.put(MuxFrame.encode(kind, id, contents))) {
            listeners.remove(id);
            throw new EnvironmentFault(end == null ? "the container has been closed" : end);
        }
        return id;
    }

    /**
     * An id for what is about to be asked for.
     *
     * @throws EnvironmentFault if the program has gone
     */
    private synchronized int await(Listener listener) {
        if (end != null) {
            throw new EnvironmentFault(end);
        }
        int id = nextId.getAndIncrement();
        listeners.put(id, listener);
        return id;
    }

    /** What cannot be told to a program that has gone is not missed. */
    private void tell(char kind, int id, ByteBuffer... contents) {
        toContainer.put(MuxFrame.encode(kind, id, contents));
    }

    /** @return the process's id, for {@link #input} and {@link #kill} */
    int run(List<String> words, Listener listener) {
        StringBuilder joined = new StringBuilder();
        words.forEach(word -> joined.append(word).append('\0'));
        return ask(MuxFrame.RUN, listener, ByteBuffer.wrap(joined.toString().getBytes(StandardCharsets.UTF_8)));
    }

    void input(int process, ByteBuffer bytes) {
        tell(MuxFrame.INPUT, process, bytes);
    }

    void kill(int process) {
        tell(MuxFrame.KILL, process);
    }

    /** @return an id under which what is appended comes until {@link #leave} */
    int follow(String path, Listener listener) {
        return ask(MuxFrame.FOLLOW, listener, path(path));
    }

    void leave(int followed) {
        tell(MuxFrame.LEAVE, followed);
    }

    void read(String path, Listener listener) {
        ask(MuxFrame.READ, listener, path(path));
    }

    /** An id for a file to be written; what comes of it is told when its length has been, or when something fails. */
    int write(Listener listener) {
        return await(listener);
    }

    /** @param bytes none: the file ends at the offset */
    void portion(int id, String path, long offset, ByteBuffer bytes) {
        ByteBuffer at = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(offset).flip();
        tell(MuxFrame.WRITE, id, at, path(path + '\0'), bytes);
    }

    private static ByteBuffer path(String path) {
        return ByteBuffer.wrap(path.getBytes(StandardCharsets.UTF_8));
    }

    /** Has the program end, and with it all that runs in the container. */
    @Override
    public void close() {
        // To end its input would do as well, but Docker's client cannot: it closes both directions or none.
        tell(MuxFrame.QUIT, 0);
        toContainer.end();
        pings.shutdown();
    }
}
