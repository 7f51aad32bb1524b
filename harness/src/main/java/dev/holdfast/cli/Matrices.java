// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.plan.Matrix;
import dev.holdfast.run.MatrixFiles;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The matrices that a command line can name: a shipped scenario, or a file. */
final class Matrices {

    private Matrices() {
    }

    /**
     * @param yes whether it may have more cells than anybody boots by accident
     * @throws ParameterException if there is none, it is not sound, or it is too large
     */
    static Matrix find(String word, boolean yes, CommandSpec command) {
        Matrix matrix = find(word, command);
        if (!yes && matrix.combinations().compareTo(Matrix.MANY) > 0) {
            throw new ParameterException(command.commandLine(), String.format(Locale.ROOT,
                    "%s has %,d combinations, more than %,d; narrow its axes, or say --yes", word, matrix.combinations(), Matrix.MANY));
        }
        return matrix;
    }

    private static Matrix find(String word, CommandSpec command) {
        try {
            return MatrixFiles.find(word);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage());
        }
    }
}
