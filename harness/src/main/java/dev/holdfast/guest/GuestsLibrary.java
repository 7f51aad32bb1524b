// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.CacheFolder;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs for the contract guest as a library has them, for those who have no checkout. QEMU wants files, so they are unpacked.
 * Debian's kernel is not among them: whoever hands it on has to hand on its source.
 */
final class GuestsLibrary {

    /** Where they are in the library; below it as they are below the project's folder. */
    private static final String ROOT = "dev/holdfast/guests/";
    private static final int DIGITS = 16;

    private GuestsLibrary() {
    }

    /**
     * A folder as {@link Artefacts} wants it, in the cache, named after what it holds; empty where there is no such library.
     *
     * @throws EnvironmentFault if the folder cannot be made, or the library lacks some of them
     */
    static Optional<Path> unpacked() {
        // Of the loader and not of the class: where libraries are modules, that one is another.
        ClassLoader libraries = GuestsLibrary.class.getClassLoader();
        Map<Path, byte[]> files = new LinkedHashMap<>();
        List<Path> needed = new Artefacts(Path.of("")).neededByContract();
        try {
            for (Path path : needed) {
                try (InputStream in = libraries.getResourceAsStream(ROOT + path)) {
                    if (in != null) {
                        files.put(path, in.readAllBytes());
                    }
                }
            }
            if (files.isEmpty()) {
                return Optional.empty();
            }
            if (files.size() < needed.size()) {
                throw new EnvironmentFault("the library with the programs for guests holds " + files.size() + " of " + needed.size()
                        + " files; take the one of this library's own version");
            }
            return Optional.of(unpack(files, CacheFolder.of(System.getenv()).resolve("guests")));
        } catch (IOException e) {
            throw new EnvironmentFault("the programs for guests cannot be unpacked (" + e.getMessage()
                    + "); make room in the cache, or set XDG_CACHE_HOME to another folder", e);
        }
    }

    /** Whoever comes second finds the first one's: a rename either happens as a whole or not. */
    private static Path unpack(Map<Path, byte[]> files, Path cache) throws IOException {
        Path folder = cache.resolve(name(files));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Path draft = Files.createTempDirectory(Files.createDirectories(cache), "draft");
        try {
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                Path place = draft.resolve(file.getKey());
                Files.createDirectories(place.getParent());
                Files.write(place, file.getValue());
            }
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        } finally {
            Workspace.deleteTree(draft);
        }
        return folder;
    }

    private static String name(Map<Path, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.values().forEach(bytes -> digest.update(bytes));
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
