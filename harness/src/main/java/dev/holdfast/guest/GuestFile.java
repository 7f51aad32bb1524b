// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that somebody brings for a guest. What could not be one is refused before a machine is started. */
public final class GuestFile {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private GuestFile() {
    }

    /**
     * An image for x64, which both drivers for NT and applications for UEFI are.
     *
     * @param what   what it is to be, such as {@code driver}
     * @param suffix of the files that are meant, such as {@code .sys}
     * @return its absolute path
     * @throws IllegalArgumentException if it could not be one; the message says why
     */
    public static Path image(String what, Path file, String suffix) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("the " + what + " " + file + " is not a file of at most " + MAX_BYTES
                        + " bytes; name a " + suffix + " file");
            }
            PeImage.whyNotX64(Files.readAllBytes(file)).ifPresent(why -> {
                throw new IllegalArgumentException("the " + what + " " + file + " is no x64 PE image: " + why + "; name a " + suffix
                        + " file built for x64");
            });
        } catch (IOException e) {
            throw new IllegalArgumentException("the " + what + " " + file + " cannot be read: " + e.getMessage(), e);
        }
        return file.toAbsolutePath();
    }

    /**
     * Any file of a bounded length.
     *
     * @param what what it is to be, such as {@code certificate}
     * @return its absolute path
     * @throws IllegalArgumentException if there is none
     */
    public static Path any(String what, Path file) {
        try {
            if (!Files.isReadable(file) || !Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("the " + what + " " + file + " is not a readable file of at most " + MAX_BYTES + " bytes");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the " + what + " " + file + " cannot be read: " + e.getMessage(), e);
        }
        return file.toAbsolutePath();
    }
}
