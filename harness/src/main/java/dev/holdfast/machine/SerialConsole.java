// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The host's end of a first serial port at which somebody types: a UNIX socket to which QEMU connects. What the port says QEMU writes
 * to a log as well, so it is read here only lest the guest wait for it. A guest takes what is typed when it likes.
 */
final class SerialConsole implements AutoCloseable {

    /** What may be typed ahead of the guest; a person's longest script is some kilobytes. */
    static final int MAX_AHEAD_BYTES = 64 * 1024;

    private static final int PORTION_BYTES = 4096;

    private final LinkedBlockingQueue<byte[]> typed = new LinkedBlockingQueue<>();
    private final AtomicInteger ahead = new AtomicInteger();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final SocketServer server;
    private final Thread typist;
    private volatile SocketChannel peer;

    SerialConsole(Path socket) {
        typist = new Thread(this::type, "com1");
        typist.setDaemon(true);
        server = new SocketServer(socket, "com1", this::drain);
        typist.start();
    }

    /**
     * Types; returns at once.
     *
     * @throws MachineFault if the guest has not read what was typed before
     */
    void send(byte[] bytes) {
        if (ahead.addAndGet(bytes.length) > MAX_AHEAD_BYTES) {
            ahead.addAndGet(-bytes.length);
            throw new MachineFault("the guest does not read its first serial port: " + MAX_AHEAD_BYTES + " bytes wait there already");
        }
        typed.add(bytes.clone());
    }

    private void drain(SocketChannel channel) throws IOException {
        peer = channel;
        connected.countDown();
        ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
        while (channel.read(portion) >= 0) {
            portion.clear();
        }
    }

    private void type() {
        try {
            connected.await();
            while (true) {
                byte[] next = typed.take();
                ByteBuffer bytes = ByteBuffer.wrap(next);
                while (bytes.hasRemaining()) {
                    peer.write(bytes);
                }
                ahead.addAndGet(-next.length);
            }
        } catch (IOException e) {
            // The machine has gone, and does not receive it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.close();
        typist.interrupt();
    }
}
