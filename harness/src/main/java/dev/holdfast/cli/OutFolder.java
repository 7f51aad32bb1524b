// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for results: {@code results.json}, and {@code cells/} with a folder a cell. */
final class OutFolder {

    static final String DEFAULT = "holdfast-out";

    private final Path folder;

    /** @throws EnvironmentFault if it cannot be made, or not be written to */
    OutFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(cells());
            Files.delete(Files.createTempFile(this.folder, ".writable", null));
        } catch (IOException e) {
            throw new EnvironmentFault("the output folder " + this.folder + " cannot be written to (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    Path path() {
        return folder;
    }

    /** A file in this folder as a person here would name it: relative to the working folder where it lies below. */
    static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    Path cells() {
        return folder.resolve("cells");
    }

    /**
     * A new folder for files that nobody wants to keep.
     *
     * @throws EnvironmentFault if it cannot be made
     */
    Path scratch() {
        try {
            return Files.createTempDirectory(folder, ".scratch");
        } catch (IOException e) {
            throw new EnvironmentFault("no folder can be made in " + folder + " (" + e.getMessage() + "); choose another with --out", e);
        }
    }
}
