// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * Keeps the disks that cells booted from, each once under a name that its contents give it: a snapshot's goes with the snapshot, and one
 * that was made for a run with the run. Safe for use by several threads.
 */
public final class KeptDisks {

    /** What the names of copies match. */
    public static final String PATTERN = "disk-*.img";

    private static final int PORTION_BYTES = 64 * 1024;

    private final Path folder;
    private final Map<Path, Path> kept = new ConcurrentHashMap<>();

    /** @param folder where copies go */
    public KeptDisks(Path folder) {
        this.folder = folder;
    }

    /**
     * The copy of a disk that nobody writes to.
     *
     * @throws EnvironmentFault if there is no room for it
     */
    public Path keep(Path disk) {
        return kept.computeIfAbsent(disk, this::copy);
    }

    private Path copy(Path disk) {
        try {
            Path copy = folder.resolve(String.format(Locale.ROOT, "disk-%08X.img", checksum(disk)));
            if (!Files.exists(copy)) {
                Path temporary = Files.createTempFile(folder, ".disk", null);
                try {
                    copyWithHoles(disk, temporary);
                    Files.move(temporary, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } finally {
                    Files.deleteIfExists(temporary);
                }
            }
            return copy;
        } catch (IOException e) {
            throw new EnvironmentFault("the disk " + disk + " cannot be copied to " + folder + " (" + e.getMessage()
                    + "); make room there or choose another folder with --out", e);
        }
    }

    private static long checksum(Path disk) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel in = FileChannel.open(disk)) {
            ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
            while (in.read(portion) >= 0) {
                crc.update(portion.flip());
                portion.clear();
            }
        }
        return crc.getValue();
    }

    /** A file system for UEFI is nearly empty, and so is its copy: what is all zeros takes no room. */
    private static void copyWithHoles(Path from, Path to) throws IOException {
        byte[] zeros = new byte[PORTION_BYTES];
        try (FileChannel in = FileChannel.open(from); FileChannel out = FileChannel.open(to, StandardOpenOption.WRITE)) {
            ByteBuffer portion = ByteBuffer.allocate(PORTION_BYTES);
            for (long at = 0; in.read(portion) >= 0; at = in.position()) {
                boolean last = in.position() == in.size();
                if (last || !Arrays.equals(portion.array(), 0, portion.position(), zeros, 0, portion.position())) {
                    portion.flip();
                    while (portion.hasRemaining()) {
                        at += out.write(portion, at);
                    }
                }
                portion.clear();
            }
        }
    }
}
