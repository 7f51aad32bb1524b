// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32C;

/** Tells whether a snapshot's files are as they were written: their lengths and checksums, in a file beside them. */
final class SnapshotManifest {

    private static final String FILE = "manifest.properties";
    private static final int PORTION_BYTES = 1024 * 1024;

    private SnapshotManifest() {
    }

    /** Writes the manifest; the snapshot's files must not change from here on. */
    static void write(Snapshot snapshot) throws IOException {
        Properties properties = new Properties();
        for (Path file : files(snapshot)) {
            properties.setProperty(file.getFileName().toString(), measure(file));
        }
        try (Writer out = Files.newBufferedWriter(snapshot.folder().resolve(FILE))) {
            properties.store(out, null);
        }
    }

    static void discard(Snapshot snapshot) {
        try {
            Files.deleteIfExists(snapshot.folder().resolve(FILE));
        } catch (IOException e) {
            throw new EnvironmentFault("the snapshot " + snapshot.folder() + " is of no use and cannot be deleted (" + e.getMessage()
                    + "); delete it, or boot with --cold", e);
        }
    }

    /** What is wrong with the snapshot, as a clause; empty if it is sound. */
    static Optional<String> flaw(Snapshot snapshot) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(snapshot.folder().resolve(FILE))) {
            properties.load(in);
            for (Path file : files(snapshot)) {
                String name = file.getFileName().toString();
                if (!measure(file).equals(properties.getProperty(name))) {
                    return Optional.of("its file " + name + " is not as it was written");
                }
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
    }

    private static List<Path> files(Snapshot snapshot) {
        return List.of(snapshot.ram(), snapshot.state(), snapshot.vars(), snapshot.disk(), snapshot.said(), snapshot.console());
    }

    /** Length in bytes and CRC-32C. */
    private static String measure(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer portion = ByteBuffer.allocateDirect(PORTION_BYTES);
        long bytes = 0;
        try (FileChannel in = FileChannel.open(file)) {
            for (int length = in.read(portion); length >= 0; length = in.read(portion)) {
                bytes += length;
                crc.update(portion.flip());
                portion.clear();
            }
        }
        return bytes + ":" + Long.toHexString(crc.getValue());
    }
}
