// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Short names for long things: the first 12 hex digits of a SHA-256, to tell one from another and to prove nothing. */
public final class Digests {

    private static final int DIGITS = 12;

    private Digests() {
    }

    /** @throws EnvironmentFault if one cannot be read */
    public static String ofFiles(List<Path> files) {
        MessageDigest digest = sha256();
        for (Path file : files) {
            try {
                digest.update(sha256().digest(Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new EnvironmentFault("the file " + file + " cannot be read (" + e.getMessage() + "); see: holdfast doctor", e);
            }
        }
        return shown(digest);
    }

    /** Of texts without line ends, in their order. */
    public static String ofTexts(List<String> texts) {
        MessageDigest digest = sha256();
        texts.forEach(text -> digest.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
        return shown(digest);
    }

    private static String shown(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
