// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Glob;
import dev.holdfast.run.MatrixFiles;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Provides what {@link MatrixSource} asks for. */
final class MatrixArguments implements ArgumentsProvider, AnnotationConsumer<MatrixSource> {

    private MatrixSource source;

    @Override
    public void accept(MatrixSource annotation) {
        source = annotation;
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        Predicate<String> fits = Glob.compile(source.filter()).asMatchPredicate();
        List<Cell> cells = MatrixFiles.find(source.value()).cells().filter(cell -> fits.test(cell.id())).toList();
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("no cell of " + source.value() + " matches '" + source.filter() + "'");
        }
        return cells.stream().map(cell -> Arguments.argumentSet(cell.id(), cell));
    }
}
