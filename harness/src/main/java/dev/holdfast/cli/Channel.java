// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.run.CellFolder;
import dev.holdfast.wire.FrameDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows what came through a cell's channel. */
final class Channel {

    private Channel() {
    }

    /** Prints each frame that was kept, a line each, unprintable bytes escaped. */
    static void print(Path cellFolder, PrintWriter out) {
        FrameDecoder decoder = new FrameDecoder(frame -> out.println("  " + frame));
        byte[] portion = new byte[8192];
        try (InputStream in = Files.newInputStream(cellFolder.resolve(CellFolder.CHANNEL_LOG))) {
            for (int length = in.read(portion); length >= 0; length = in.read(portion)) {
                decoder.feed(portion, 0, length);
            }
        } catch (IOException e) {
            out.println("  the channel's record cannot be read: " + e.getMessage());
        }
        decoder.finish();
        if (decoder.noiseBytes() > 0) {
            out.println("  and " + decoder.noiseBytes() + " bytes that are no frames");
        }
        out.flush();
    }
}
