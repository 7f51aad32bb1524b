// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.MediaType;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;

/** Attaches what is kept of a boot to its test, in JUnit's own way. */
final class Artifacts {

    private static final System.Logger LOG = System.getLogger("dev.holdfast");

    private Artifacts() {
    }

    /** @param prefix of the names that the files get in the report */
    static void publish(BootSession session, String prefix, ExtensionContext context) {
        for (Path file : files(session.folder())) {
            String name = file.getFileName().toString();
            try {
                context.publishFile(prefix + name, type(name), copy -> Files.copy(file, copy));
            } catch (JUnitException e) {
                // Whoever launched the tests takes no files: what is kept stays where it is, and no verdict depends on it.
                LOG.log(System.Logger.Level.DEBUG, "{0} is not attached: {1}", file, e.getMessage());
            }
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new EnvironmentFault("the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static MediaType type(String name) {
        if (name.endsWith(".png")) {
            return MediaType.IMAGE_PNG;
        }
        return name.endsWith(".bin") ? MediaType.APPLICATION_OCTET_STREAM : MediaType.TEXT_PLAIN;
    }
}
