// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One of the shipped ways to run shards on an engine, taken apart as that engine does. */
interface Example {

    /**
     * What each of the engine's workers runs.
     *
     * @param results where the shared volume is, for an engine that has one
     */
    List<Shell> shards(Path results);

    /** What runs when they have ended. */
    Shell merge(Path results);

    /** The folder in a worker's own that the engine carries over to the merge's, under the same name; empty if there is a shared volume. */
    List<String> carried();

    /** The text of a shipped example. */
    static String text(String name) {
        try {
            return Files.readString(Path.of(System.getProperty("holdfast.home"), "harness", "ci", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
