// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a guest's image was made of, as its build wrote it down: {@code key=value}, a line each. */
final class Manifest {

    private static final int MAX_VALUE = 80;

    private Manifest() {
    }

    /** The kernel's release and the package that it came in, in words; empty where the file is not there or does not say. */
    static Optional<String> kernel(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return value(text, "release").map(release -> "Linux " + release
                    + value(text, "version").map(version -> " (" + value(text, "package").map(name -> name + " ").orElse("") + version + ")").orElse(""));
        } catch (IOException e) {
            // Whether the image itself is there is asked elsewhere.
            return Optional.empty();
        }
    }

    private static Optional<String> value(String text, String key) {
        return text.lines().filter(line -> line.startsWith(key + "=")).findFirst()
                .map(line -> Printable.excerpt(line.substring(key.length() + 1), MAX_VALUE));
    }
}
