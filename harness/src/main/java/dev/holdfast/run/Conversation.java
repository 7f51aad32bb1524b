// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.wire.FrameDecoder;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Follows what a machine says on its channel, by reading the file that grows with it. For use by one thread at a time. */
final class Conversation implements AutoCloseable {

    /** The most that a boot may say, in bytes: a hundred times what any guest has to say. */
    private static final long MAX_BYTES = 8 * 1024 * 1024;
    private static final int PORTION_BYTES = 64 * 1024;

    private final Path log;
    private final Transcript transcript;
    private final FrameDecoder decoder;
    private final byte[] portion = new byte[PORTION_BYTES];
    private InputStream in;
    private long bytes;
    private long lastFrame = System.nanoTime();

    /** @param said what the machine had said before it wrote to {@code log} */
    Conversation(Nonce nonce, byte[] said, Path log) {
        this.log = log;
        this.transcript = new Transcript(nonce);
        this.decoder = new FrameDecoder(frame -> {
            transcript.accept(frame);
            lastFrame = System.nanoTime();
        });
        decoder.feed(said, 0, said.length);
    }

    /**
     * Takes in what has been said since.
     *
     * @return whether the last frame has come
     */
    boolean listen() {
        try {
            if (in == null && Files.exists(log)) {
                in = Files.newInputStream(log);
            }
            while (in != null && !flooded()) {
                int length = in.read(portion);
                if (length <= 0) {
                    break;
                }
                bytes += length;
                decoder.feed(portion, 0, length);
            }
        } catch (IOException e) {
            throw new EnvironmentFault("the channel's record " + log + " cannot be read: " + e.getMessage(), e);
        }
        return transcript.lastWords().isPresent();
    }

    Transcript transcript() {
        return transcript;
    }

    /** Whether more was said than a boot may say; what came beyond that is not looked at. */
    boolean flooded() {
        return bytes > MAX_BYTES || transcript.flooded();
    }

    /** How long it is since a frame came, or since the listening began. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastFrame);
    }

    /** Says that nothing more will come, and returns a clause on frames that did not survive the line; empty if there are none. */
    String finish() {
        decoder.finish();
        return decoder.damagedFrames() == 0 ? "" : "a frame came damaged or cut short: " + decoder.lastDamaged();
    }

    @Override
    public void close() {
        try {
            if (in != null) {
                in.close();
            }
        } catch (IOException e) {
            // Only reading ends here; nothing is lost.
            return;
        }
    }
}
