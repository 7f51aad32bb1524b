// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * As much of GDB's remote protocol ("Debugging with GDB", appendix E) as it takes to write to physical memory, for which QEMU's own
 * monitor has no command. QEMU stops the machine when a debugger connects.
 */
final class GdbStub implements AutoCloseable {

    /** QEMU takes packets of 4096 bytes (gdbstub.c, MAX_PACKET_LENGTH), two digits a byte. */
    private static final int PORTION_BYTES = 1024;
    private static final int MAX_REPLY_BYTES = 4096;

    private final SocketChannel channel;
    private final Selector selector;
    private final Duration patience;
    private final ByteBuffer received = ByteBuffer.allocate(MAX_REPLY_BYTES).limit(0);

    /** @param patience how long each answer may take */
    GdbStub(Path socket, Duration patience) throws IOException {
        this.patience = patience;
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /**
     * Writes to physical addresses (docs/system/gdb.rst, "Using a physical memory mode").
     *
     * @throws IOException if QEMU refuses, goes, or does not answer in time
     */
    void writePhysical(long address, byte[] bytes) throws IOException {
        expectOk("Qqemu.PhyMemMode:1");
        for (int at = 0; at < bytes.length; at += PORTION_BYTES) {
            byte[] portion = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PORTION_BYTES));
            expectOk("M" + Long.toHexString(address + at) + "," + Integer.toHexString(portion.length) + ":" + HexFormat.of().formatHex(portion));
        }
    }

    private void expectOk(String packet) throws IOException {
        int sum = 0;
        for (byte octet : packet.getBytes(StandardCharsets.US_ASCII)) {
            sum += octet;
        }
        ByteBuffer bytes = ByteBuffer.wrap(String.format("$%s#%02x", packet, sum & 0xFF).getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String reply = reply();
        if (!reply.equals("OK")) {
            throw new IOException("QEMU's debugger stub answered \"" + reply + "\"");
        }
    }

    /** The contents of the next packet, acknowledged; what stands between packets are acknowledgements. */
    private String reply() throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        StringBuilder reply = new StringBuilder();
        for (int octet = next(deadline); octet != '$'; octet = next(deadline)) {
            if (octet == '-') {
                throw new IOException("QEMU's debugger stub did not understand");
            }
        }
        for (int octet = next(deadline); octet != '#'; octet = next(deadline)) {
            if (reply.length() == MAX_REPLY_BYTES) {
                throw new IOException("QEMU's debugger stub does not come to an end");
            }
            reply.append((char) octet);
        }
        next(deadline);
        next(deadline);
        channel.write(ByteBuffer.wrap(new byte[] {'+'}));
        return reply.toString();
    }

    private int next(long deadline) throws IOException {
        while (!received.hasRemaining()) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IOException("QEMU's debugger stub did not answer within " + patience.toSeconds() + " s");
            }
            selector.select(left);
            received.clear();
            if (channel.read(received) < 0) {
                received.limit(0);
                throw new IOException("QEMU's debugger stub has hung up");
            }
            received.flip();
        }
        return received.get() & 0xFF;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
