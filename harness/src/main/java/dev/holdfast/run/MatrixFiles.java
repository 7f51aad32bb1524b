// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Matrix;
import dev.holdfast.plan.MatrixFault;
import dev.holdfast.plan.MatrixReader;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.Suggestions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Matrices by a word: the name of one that ships, or a file. */
public final class MatrixFiles {

    private static final long MAX_BYTES = 1024 * 1024;

    private MatrixFiles() {
    }

    /** Whether a word names a file, and not a scenario. */
    public static boolean isFile(String word) {
        return word.endsWith(".yaml") || word.endsWith(".yml") || word.indexOf('/') >= 0;
    }

    /** @throws IllegalArgumentException if there is none, or it is not sound; the message says what is wrong, and where */
    public static Matrix find(String word) {
        if (isFile(word)) {
            return read(Path.of(word));
        }
        return Scenarios.named(word).orElseThrow(() -> new IllegalArgumentException("there is no scenario '" + word + "'"
                + Suggestions.offer(word, Scenarios.ALL.stream().map(Matrix::name), "see: holdfast list scenarios")));
    }

    private static Matrix read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + " is no file of at most " + MAX_BYTES + " bytes; name a matrix file, or a scenario "
                        + "(see: holdfast list scenarios)");
            }
            return MatrixReader.read(file.toString(), Files.readString(file), Scenarios.ALL);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is no text in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        } catch (MatrixFault e) {
            throw new IllegalArgumentException(e.problems().size() == 1 ? e.getMessage()
                    : file + " has " + e.problems().size() + " mistakes\n" + e.getMessage(), e);
        }
    }
}
