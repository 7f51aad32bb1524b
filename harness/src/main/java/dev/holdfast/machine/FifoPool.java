// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Named pipes for machines, each used once. Java cannot make one, and a process for each would cost a fork as much as all else that the
 * harness does for it; so they are made many at a time.
 */
final class FifoPool {

    private static final int BATCH = 64;

    private final Path folder;
    private final Deque<Path> ready = new ArrayDeque<>();
    private int made;

    FifoPool(Path folder) {
        this.folder = folder;
    }

    /** A pipe that nobody has opened yet. */
    synchronized Path take() {
        if (ready.isEmpty()) {
            List<String> arguments = new ArrayList<>(List.of("-m", "600"));
            for (int i = 0; i < BATCH; i++) {
                Path fifo = folder.resolve("fifo" + made++);
                arguments.add(fifo.toString());
                ready.add(fifo);
            }
            Tools.run(Tools.require("mkfifo", "coreutils"), arguments);
        }
        return ready.remove();
    }
}
