// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A UNIX socket that waits for one connection, which QEMU makes, and hands it to a thread of its own. */
final class SocketServer implements AutoCloseable {

    /** What is done with the connection, on the socket's own thread. */
    @FunctionalInterface
    interface Conversation {
        void hold(SocketChannel peer) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Conversation conversation;
    private volatile SocketChannel peer;

    SocketServer(Path socket, String name, Conversation conversation) {
        this.conversation = conversation;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket), 1);
        } catch (IOException e) {
            throw new EnvironmentFault("the socket " + socket + " cannot be made: " + e.getMessage(), e);
        }
        Thread thread = new Thread(this::serve, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        try (SocketChannel connected = server.accept()) {
            peer = connected;
            conversation.hold(connected);
        } catch (IOException e) {
            // The other side has gone, or close() was called: either way nothing more comes.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            SocketChannel connected = peer;
            if (connected != null) {
                connected.close();
            }
        } catch (IOException e) {
            throw new MachineFault("a socket cannot be closed: " + e.getMessage(), e);
        }
    }
}
