// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Finds frames in whatever a serial line carries: escape sequences, kernel logs, half lines, noise, megabytes without a line feed.
 * It takes bytes in any portions, keeps no more than one frame's worth of them, never throws for what they are, and counts what it
 * dropped. Not safe for use by several threads at once.
 */
public final class FrameDecoder {

    /** A frame may be followed by a carriage return, and everything that matters of a line is its end. */
    private static final int WINDOW_BYTES = Frame.MAX_BYTES + 1;

    private final Consumer<Frame> frames;
    private final byte[] window = new byte[WINDOW_BYTES];
    /** Bytes of the current line so far, of which the window holds the last ones, as a ring. */
    private long lineBytes;
    private long noiseBytes;
    private long damagedFrames;
    private String lastDamaged = "";

    /** @param frames is given each sound frame as soon as its line ends */
    public FrameDecoder(Consumer<Frame> frames) {
        this.frames = frames;
    }

    public void feed(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] == '\n') {
                endLine(true);
            } else {
                window[(int) (lineBytes % WINDOW_BYTES)] = bytes[i];
                lineBytes++;
            }
        }
    }

    /** Says that no more bytes will come: what stands on an unfinished line is no frame. */
    public void finish() {
        if (lineBytes > 0) {
            endLine(false);
        }
    }

    /** Bytes that belonged to no sound frame, line feeds aside. */
    public long noiseBytes() {
        return noiseBytes;
    }

    /** Lines that held the start of a frame, and no frame. */
    public long damagedFrames() {
        return damagedFrames;
    }

    /** The last such line from its frame's start on, escaped, at most 80 characters; empty if there was none. */
    public String lastDamaged() {
        return lastDamaged;
    }

    private void endLine(boolean finished) {
        String line = tail();
        long bytes = lineBytes;
        lineBytes = 0;
        if (line.endsWith("\r")) {
            line = line.substring(0, line.length() - 1);
            bytes--;
        }
        Frame frame = finished ? FrameParser.parse(line).orElse(null) : null;
        if (frame == null) {
            drop(line, bytes);
        } else {
            noiseBytes += bytes - (frame.encode().length - 1);
            frames.accept(frame);
        }
    }

    private void drop(String line, long bytes) {
        noiseBytes += bytes;
        int start = line.lastIndexOf(Frame.START);
        if (start >= 0) {
            damagedFrames++;
            lastDamaged = Printable.excerpt(line.substring(start), 80);
        }
    }

    private String tail() {
        int length = (int) Math.min(lineBytes, WINDOW_BYTES);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = window[(int) ((lineBytes - length + i) % WINDOW_BYTES)];
        }
        return new String(tail, StandardCharsets.ISO_8859_1);
    }
}
