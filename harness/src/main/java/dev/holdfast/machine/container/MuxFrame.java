// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * What goes to and from the program by which others are run in the container (vm-images/runner/frame.h).
 *
 * @param kind     one of the constants
 * @param id       this side's name for a process or a file
 * @param contents little-endian
 */
record MuxFrame(char kind, int id, ByteBuffer contents) {

    static final char RUN = 'R';
    static final char INPUT = 'I';
    static final char KILL = 'K';
    static final char WRITE = 'W';
    static final char READ = 'G';
    static final char FOLLOW = 'F';
    static final char LEAVE = 'U';
    static final char PING = 'P';
    static final char QUIT = 'Q';

    static final char OUTPUT = 'O';
    static final char ERROR = 'X';
    static final char EXIT = 'E';
    static final char APPENDED = 'D';
    static final char PORTION = 'H';
    static final char END = 'Z';

    static final int HEADER_BYTES = 9;
    static final int MAX_BYTES = 256 * 1024;

    static byte[] encode(char kind, int id, ByteBuffer... contents) {
        int length = 0;
        for (ByteBuffer part : contents) {
            length += part.remaining();
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        frame.put((byte) kind).putInt(id).putInt(length);
        for (ByteBuffer part : contents) {
            frame.put(part);
        }
        return frame.array();
    }

    byte[] bytes() {
        byte[] bytes = new byte[contents.remaining()];
        contents.duplicate().get(bytes);
        return bytes;
    }

    /** Cuts a stream in frames. A stream that holds anything else is at its end. */
    static final class Decoder {

        private final ByteBuffer pending = ByteBuffer.allocate(HEADER_BYTES + MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        private final Consumer<MuxFrame> frames;

        Decoder(Consumer<MuxFrame> frames) {
            this.frames = frames;
        }

        /** @throws IllegalStateException if a frame is longer than any may be */
        void feed(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            while (in.hasRemaining()) {
                int taken = Math.min(in.remaining(), wanted() - pending.position());
                pending.put(in.slice(in.position(), taken));
                in.position(in.position() + taken);
                if (pending.position() == wanted()) {
                    frames.accept(new MuxFrame((char) pending.get(0), pending.getInt(1),
                            pending.slice(HEADER_BYTES, pending.position() - HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN)));
                    pending.clear();
                }
            }
        }

        private int wanted() {
            if (pending.position() < HEADER_BYTES) {
                return HEADER_BYTES;
            }
            int length = pending.getInt(HEADER_BYTES - Integer.BYTES);
            if (length < 0 || length > MAX_BYTES) {
                throw new IllegalStateException("what comes from the container is no frame");
            }
            return HEADER_BYTES + length;
        }
    }
}
