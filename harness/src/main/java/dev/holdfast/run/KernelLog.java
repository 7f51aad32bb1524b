// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The end of what a kernel wrote to its console. */
final class KernelLog {

    private static final int LINES = 50;
    private static final int MAX_LINE = 200;
    private static final int TAIL_BYTES = 64 * 1024;
    private static final String PANIC = "Kernel panic";

    private KernelLog() {
    }

    /** At most its last 50 lines, each made printable and cut at 200 characters; none where there is no log. */
    static List<String> tail(Path console) {
        List<String> lines = lines(console);
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }

    /** The line that says why the kernel panicked. */
    static Optional<String> panic(Path console) {
        return lines(console).stream().filter(line -> line.contains(PANIC)).findFirst();
    }

    private static List<String> lines(Path console) {
        try (RandomAccessFile file = new RandomAccessFile(console.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return new String(tail, StandardCharsets.ISO_8859_1).lines().map(line -> line.replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", ""))
                    .filter(line -> !line.isBlank()).map(line -> Printable.excerpt(line.stripTrailing(), MAX_LINE)).toList();
        } catch (IOException e) {
            // A machine that never ran has no log.
            return List.of();
        }
    }
}
