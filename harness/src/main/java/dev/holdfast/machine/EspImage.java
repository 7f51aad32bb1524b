// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;

/** Composes an EFI system partition: a FAT image without a partition table, which UEFI firmware mounts as it is. */
public final class EspImage {

    private static final long MIB = 1024 * 1024;
    /** With clusters of 4 KiB a volume from 16 MiB to 256 MiB is FAT16, which UEFI firmware must read (UEFI 2.10, section 13.3). */
    private static final long MIN_BYTES = 32 * MIB;
    private static final int SECTOR_BYTES = 512;

    private EspImage() {
    }

    /**
     * Writes an image that holds the given files.
     *
     * @param files path in the image with slashes, such as {@code /EFI/BOOT/BOOTX64.EFI}, to the file that goes there
     * @throws EnvironmentFault if mtools is missing, a file cannot be read, or there is no room
     */
    public static void compose(Map<String, Path> files, Path image) {
        Path mformat = Tools.require("mformat", "mtools");
        Path mmd = Tools.require("mmd", "mtools");
        Path mcopy = Tools.require("mcopy", "mtools");
        long sectors = imageBytes(files) / SECTOR_BYTES;
        Tools.run(mformat, List.of("-C", "-i", image.toString(), "-T", Long.toString(sectors), "-h", "16", "-s", "63", "-c", "8", "-v",
                "HOLDFAST", "::"));
        List<String> folders = new ArrayList<>(List.of("-i", image.toString()));
        parents(files.keySet()).forEach(folder -> folders.add("::" + folder));
        if (folders.size() > 2) {
            Tools.run(mmd, folders);
        }
        files.forEach((path, file) -> Tools.run(mcopy, List.of("-i", image.toString(), file.toString(), "::" + path)));
    }

    private static long imageBytes(Map<String, Path> files) {
        long content = 0;
        for (Path file : files.values()) {
            try {
                content += Files.size(file);
            } catch (IOException e) {
                throw new EnvironmentFault("the file " + file + " is missing or cannot be read; build the project first", e);
            }
        }
        return Math.max(MIN_BYTES, (content * 5 / 4 / MIB + 1) * MIB);
    }

    /** The folders to make, each after its own parent. */
    private static Set<String> parents(Set<String> paths) {
        Set<String> parents = new TreeSet<>();
        for (String path : paths) {
            for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
                parents.add(path.substring(0, slash));
            }
        }
        return parents;
    }
}
