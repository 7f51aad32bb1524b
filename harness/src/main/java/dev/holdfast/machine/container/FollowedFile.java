// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file here that grows as one in the container does. */
final class FollowedFile implements Mux.Listener, AutoCloseable {

    private final Mux mux;
    private final FileChannel out;
    private final int id;

    /**
     * @param path  in the container; the file is there already
     * @param local is emptied first
     */
    FollowedFile(Mux mux, String path, Path local) {
        this.mux = mux;
        try {
            out = FileChannel.open(local, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + local + " cannot be made: " + e.getMessage(), e);
        }
        id = mux.follow(path, this);
    }

    @Override
    public void accept(MuxFrame frame) {
        try {
            if (frame.kind() == MuxFrame.APPENDED) {
                while (frame.contents().hasRemaining()) {
                    out.write(frame.contents());
                }
            } else {
                out.close();
            }
        } catch (IOException e) {
            // Whoever reads it looks for room on the disk when a boot has failed.
            return;
        }
    }

    @Override
    public void gone() {
        try {
            out.close();
        } catch (IOException e) {
            // There is nothing to add to it.
            return;
        }
    }

    /** What is appended from now on is of no interest. */
    @Override
    public void close() {
        mux.leave(id);
    }
}
