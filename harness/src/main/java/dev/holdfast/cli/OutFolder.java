// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The folder for results: {@code results.json}, and {@code cells/} with a folder a cell. Closing it deletes what was made for it and
 * stayed empty: a run that could not begin leaves nothing.
 */
final class OutFolder implements AutoCloseable {

    static final String DEFAULT = "holdfast-out";

    /** The name of the folder that holds what is kept of each cell. */
    static final String CELLS = "cells";

    private final Path folder;
    /** The folders that were not there before, the innermost first. */
    private final Deque<Path> made = new ArrayDeque<>();

    /** @throws EnvironmentFault if it cannot be made, or not be written to */
    OutFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            make(cells());
            Files.delete(Files.createTempFile(this.folder, ".writable", null));
        } catch (IOException e) {
            close();
            throw new EnvironmentFault("the output folder " + this.folder + " cannot be written to (" + e.getMessage()
                    + "); choose another with --out", e);
        }
    }

    private void make(Path inner) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path outer = inner; outer != null && !Files.exists(outer); outer = outer.getParent()) {
            missing.push(outer);
        }
        for (Path outer : missing) {
            Files.createDirectories(outer);
            made.push(outer);
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
        return folder.resolve(CELLS);
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

    @Override
    public void close() {
        try {
            while (!made.isEmpty()) {
                Files.deleteIfExists(made.pop());
            }
        } catch (IOException e) {
            // It has something in it now, and so have those around it.
            made.clear();
        }
    }
}
