// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Matrix;
import dev.holdfast.plan.MatrixFault;
import dev.holdfast.plan.MatrixReader;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.plan.Suggestions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Finds the matrix that a word on the command line names: one that ships, or a file. */
final class Matrices {

    private static final long MAX_FILE_BYTES = 1024 * 1024;

    private Matrices() {
    }

    /**
     * @param yes whether it may have more cells than anybody boots by accident
     * @throws ParameterException if there is none, it is not sound, or it is too large
     */
    static Matrix find(String word, boolean yes, CommandSpec command) {
        Matrix matrix = isFile(word) ? read(Path.of(word), command) : shipped(word, command);
        if (!yes && matrix.combinations().compareTo(Matrix.MANY) > 0) {
            throw usage(command, String.format(Locale.ROOT, "%s has %,d combinations, more than %,d; narrow its axes, or say --yes", word,
                    matrix.combinations(), Matrix.MANY));
        }
        return matrix;
    }

    /** Whether a word names a file, and not a scenario. */
    static boolean isFile(String word) {
        return word.endsWith(".yaml") || word.endsWith(".yml") || word.indexOf('/') >= 0;
    }

    private static Matrix shipped(String name, CommandSpec command) {
        return Scenarios.named(name).orElseThrow(() -> usage(command, "there is no scenario '" + name + "'"
                + Suggestions.offer(name, Scenarios.ALL.stream().map(Matrix::name), "see: holdfast list scenarios")));
    }

    private static Matrix read(Path file, CommandSpec command) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_FILE_BYTES) {
                throw usage(command, file + " is no file of at most " + MAX_FILE_BYTES + " bytes; name a matrix file, or a scenario "
                        + "(see: holdfast list scenarios)");
            }
            return MatrixReader.read(file.toString(), Files.readString(file), Scenarios.ALL);
        } catch (CharacterCodingException e) {
            throw usage(command, file + " is no text in UTF-8");
        } catch (IOException e) {
            throw usage(command, file + " cannot be read: " + e.getMessage());
        } catch (MatrixFault e) {
            throw usage(command, e.problems().size() == 1 ? e.getMessage()
                    : file + " has " + e.problems().size() + " mistakes\n" + e.getMessage());
        }
    }

    private static ParameterException usage(CommandSpec command, String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
