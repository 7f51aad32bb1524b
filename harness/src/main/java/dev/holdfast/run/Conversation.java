// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.FrameDecoder;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Transcript;
import dev.holdfast.wire.TwoChannels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Follows what a machine says on its channels, by reading the files that grow with it. For use by one thread at a time. */
final class Conversation implements AutoCloseable {

    /** The most that a boot may say, in bytes: a hundred times what any guest has to say. */
    private static final long MAX_BYTES = 8 * 1024 * 1024;
    private static final int PORTION_BYTES = 64 * 1024;

    private final TwoChannels channels;
    private final Source serial;
    private final Optional<Source> port;
    private final byte[] portion = new byte[PORTION_BYTES];
    private long bytes;
    private long lastFrame = System.nanoTime();

    /**
     * @param said what the machine had said before it wrote to {@code log}
     * @param log  what its second serial port says
     * @param port what its virtio port says, where it has one
     */
    Conversation(Nonce nonce, byte[] said, Path log, Optional<Path> port) {
        this.channels = new TwoChannels(nonce);
        this.serial = new Source(log, channels.serial()::accept);
        this.port = port.map(file -> new Source(file, channels.port()::accept));
        serial.decoder.feed(said, 0, said.length);
    }

    /**
     * Takes in what has been said since.
     *
     * @return whether the last frame has come
     */
    boolean listen() {
        serial.listen();
        port.ifPresent(Source::listen);
        return lastWords().isPresent();
    }

    /** The frame after which nothing is to come, once it has come. */
    Optional<Frame> lastWords() {
        return channels.lastWords();
    }

    /** What has been said so far; a frame that came through both channels, once. */
    Transcript transcript() {
        return port.isPresent() ? channels.merged() : channels.serial();
    }

    /**
     * What is wrong with what was said, a sentence each.
     *
     * @param ended whether the boot proved its end
     */
    List<String> problems(boolean ended) {
        return port.isPresent() ? channels.problems(ended) : channels.serial().problems();
    }

    /** What is to be known of how it was said, and is not wrong, a clause each. */
    List<String> notes() {
        return port.flatMap(file -> channels.silent()).map(List::of).orElse(List.of());
    }

    /** Whether more was said than a boot may say; what came beyond that is not looked at. */
    boolean flooded() {
        return bytes > MAX_BYTES || channels.serial().flooded() || channels.port().flooded();
    }

    /** How long it is since a frame came, or since the listening began. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastFrame);
    }

    /** Says that nothing more will come, and returns a clause on frames that did not survive the line; empty if there are none. */
    String finish() {
        serial.decoder.finish();
        return serial.decoder.damagedFrames() == 0 ? "" : "a frame came damaged or cut short: " + serial.decoder.lastDamaged();
    }

    @Override
    public void close() {
        serial.close();
        port.ifPresent(Source::close);
    }

    /** One of the two. */
    private final class Source {
        private final Path log;
        private final FrameDecoder decoder;
        private InputStream in;

        Source(Path log, Consumer<Frame> frames) {
            this.log = log;
            this.decoder = new FrameDecoder(frame -> {
                frames.accept(frame);
                lastFrame = System.nanoTime();
            });
        }

        void listen() {
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
        }

        void close() {
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
}
