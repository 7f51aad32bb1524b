// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A named set of cells with what is promised of each. It holds the axes, not the cells: those are made as they are asked for, and each
 * comes once, however many of its parts name it.
 */
public final class Matrix {

    /** More combinations than anybody boots without having said so. */
    public static final BigInteger MANY = BigInteger.valueOf(100_000);

    private final String name;
    private final String about;
    private final List<Part> parts;
    private final List<Matrix> imports;
    private final List<PromiseRule> promises;

    /** Some cells of a product. */
    record Part(Product product, Predicate<Cell> admits) {
        boolean contains(Cell cell) {
            return admits.test(cell) && product.contains(cell);
        }
    }

    Matrix(String name, String about, List<Part> parts, List<Matrix> imports, List<PromiseRule> promises) {
        this.name = name;
        this.about = about;
        this.parts = List.copyOf(parts);
        this.imports = List.copyOf(imports);
        this.promises = List.copyOf(promises);
    }

    /** What the command line calls it. */
    public String name() {
        return name;
    }

    /** One sentence: which question it answers. */
    public String about() {
        return about;
    }

    /** How many cells it has at most: combinations that are excluded, or named twice, are counted as well. */
    public BigInteger combinations() {
        return Stream.concat(parts.stream().map(part -> part.product().combinations()), imports.stream().map(Matrix::combinations))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /**
     * Its cells, each once: first those of its own axes, then those included, then those of the matrices that it imports.
     *
     * @throws ArithmeticException if one product has more combinations than a long can count
     */
    public Stream<Cell> cells() {
        List<Stream<Cell>> streams = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Part> earlier = parts.subList(0, i);
            Part part = parts.get(i);
            streams.add(part.product().cells().filter(part.admits())
                    .filter(cell -> earlier.stream().noneMatch(other -> other.contains(cell))));
        }
        for (int i = 0; i < imports.size(); i++) {
            List<Matrix> earlier = imports.subList(0, i);
            streams.add(imports.get(i).cells()
                    .filter(cell -> parts.stream().noneMatch(part -> part.contains(cell)))
                    .filter(cell -> earlier.stream().noneMatch(other -> other.contains(cell))));
        }
        return streams.stream().flatMap(stream -> stream);
    }

    public boolean contains(Cell cell) {
        return parts.stream().anyMatch(part -> part.contains(cell)) || imports.stream().anyMatch(other -> other.contains(cell));
    }

    /** What is promised of a cell: by this matrix, by the first imported one that has the cell, or else by the {@link PromiseTable}. */
    public Promise promiseOf(Cell cell) {
        return override(cell).orElseGet(() -> PromiseTable.of(cell));
    }

    private Optional<Promise> override(Cell cell) {
        Optional<Promise> own = promises.stream().filter(rule -> rule.when().fits(cell)).map(PromiseRule::promise).findFirst();
        return own.or(() -> imports.stream().filter(other -> other.contains(cell)).findFirst().flatMap(other -> other.override(cell)));
    }
}
