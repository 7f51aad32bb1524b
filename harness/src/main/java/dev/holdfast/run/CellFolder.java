// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** What is kept of one cell's boot: plan, console log, channels, command line, and the block where it is damaged. */
public final class CellFolder {

    /** The name of the file that {@link #channelLog} returns. */
    public static final String CHANNEL_LOG = "frames.txt";

    /** The name of the file that {@link #script} returns. */
    public static final String SCRIPT = "qemu.sh";

    /** The name of the file that says where this program went wrong, if it did. */
    static final String FAULT = "fault.txt";

    private static final int MAX_NAME = 200;

    private final Path folder;

    /**
     * Makes the folder, and empties it of what an earlier run left there.
     *
     * @param cells the folder that holds every cell's
     * @throws EnvironmentFault if it cannot be made
     */
    public CellFolder(Path cells, String cellId) {
        this.folder = cells.resolve(nameOf(cellId));
        try {
            Files.createDirectories(folder);
            for (Path file : List.of(plan(), console(), channelLog(), portLog(), script(), dump(), screenshot(), folder.resolve(FAULT))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new EnvironmentFault("the folder " + folder + " cannot be made or emptied (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    /** A file name that is the id as far as one can be; ids that would share a name get a checksum as well. */
    static String nameOf(String cellId) {
        String plain = cellId.replace('/', '_');
        String safe = plain.replaceAll("[^A-Za-z0-9@,._-]", "_");
        if (safe.startsWith(".")) {
            safe = "_" + safe;
        }
        if (safe.equals(plain) && safe.length() <= MAX_NAME) {
            return safe;
        }
        CRC32C crc = new CRC32C();
        crc.update(cellId.getBytes(StandardCharsets.UTF_8));
        return safe.substring(0, Math.min(safe.length(), MAX_NAME)) + "-" + Long.toHexString(crc.getValue());
    }

    public Path path() {
        return folder;
    }

    /** What the guest programs were told. */
    public Path plan() {
        return folder.resolve("plan.txt");
    }

    /** What the first serial port said: the firmware's console. */
    public Path console() {
        return folder.resolve("console.log");
    }

    /** What came through the channel, byte for byte. */
    public Path channelLog() {
        return folder.resolve(CHANNEL_LOG);
    }

    /** What came through the virtio port, where the machine has one. */
    public Path portLog() {
        return MachineSpec.portLog(channelLog());
    }

    /** A script that boots the cell again, for a person; it has in it the command that QEMU was started with. */
    public Path script() {
        return folder.resolve(SCRIPT);
    }

    /** The block's pages as the host saw them. */
    public Path dump() {
        return folder.resolve("block.bin");
    }

    public Path screenshot() {
        return folder.resolve("screen.png");
    }

    /**
     * Another cell's folder, with what is kept here for a boot that served both.
     *
     * @param withDump whether it gets the block's pages as well
     */
    CellFolder sharedWith(String cellId, boolean withDump) {
        CellFolder other = new CellFolder(folder.getParent(), cellId);
        for (Path file : List.of(plan(), console(), channelLog(), portLog(), script(), screenshot())) {
            share(file, other.folder.resolve(file.getFileName()));
        }
        if (withDump) {
            share(dump(), other.dump());
        }
        return other;
    }

    /** One file under two names: what is written here next begins with a new one. */
    private static void share(Path file, Path other) {
        try {
            if (Files.exists(file)) {
                Files.createLink(other, file);
            }
        } catch (IOException | UnsupportedOperationException noLinks) {
            copy(file, other);
        }
    }

    private static void copy(Path file, Path other) {
        try {
            Files.copy(file, other);
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + file + " cannot be copied to " + other + " (" + e.getMessage()
                    + "); make room there or choose another folder with --out", e);
        }
    }

    void keepPlan(byte[] encoded) {
        keep(plan(), encoded);
    }

    void keepScript(String text) {
        keep(script(), text.getBytes(StandardCharsets.UTF_8));
        // Where that cannot be set, a shell reads it all the same.
        script().toFile().setExecutable(true);
    }

    /** Puts what a snapshot had said before the machine's own words, so that the record is one whole conversation. */
    void keepBefore(byte[] said) {
        try {
            byte[] own = Files.readAllBytes(channelLog());
            byte[] whole = Arrays.copyOf(said, said.length + own.length);
            System.arraycopy(own, 0, whole, said.length, own.length);
            keep(channelLog(), whole);
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + channelLog() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Forgets the block's pages. */
    void dropDump() {
        try {
            Files.deleteIfExists(dump());
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + dump() + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private static void keep(Path file, byte[] contents) {
        try {
            Files.write(file, contents);
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + file + " cannot be written (" + e.getMessage()
                    + "); make room there or choose another folder with --out", e);
        }
    }
}
