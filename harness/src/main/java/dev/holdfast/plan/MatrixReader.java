// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a matrix from its YAML text. */
public final class MatrixReader {

    private static final int MAX_VALUES = 4096;
    private static final List<String> KEYS = List.of("matrix", "about", "axes", "include", "exclude", "promises", "import");

    private final String file;
    private final Map<String, Matrix> importable = new HashMap<>();
    private final NodeReader reader;
    private final PromiseReader promises;

    private MatrixReader(String file, Collection<Matrix> importable) {
        this.file = file;
        importable.forEach(matrix -> this.importable.put(matrix.name(), matrix));
        this.reader = new NodeReader(new Problems(file));
        this.promises = new PromiseReader(reader);
    }

    /**
     * Reads a matrix. Every mistake is found, not only the first.
     *
     * @param file       what to call the text where something is wrong with it
     * @param importable the matrices that it may import
     * @throws MatrixFault naming what is wrong, and where
     */
    public static Matrix read(String file, String text, Collection<Matrix> importable) {
        Node root = YamlText.compose(file, text);
        MatrixReader matrixReader = new MatrixReader(file, importable);
        Matrix matrix = matrixReader.matrix(root);
        matrixReader.reader.problems().refuse();
        return matrix;
    }

    /** The rules of the promise table. */
    static List<PromiseRule> readTable(String file, String text) {
        MatrixReader matrixReader = new MatrixReader(file, List.of());
        List<PromiseRule> rules = matrixReader.reader.list(YamlText.compose(file, text), "a promise table").stream()
                .map(node -> matrixReader.rule(node, "source", "")).toList();
        matrixReader.reader.problems().refuse();
        return rules;
    }

    private Matrix matrix(Node root) {
        Map<String, Node> keys = reader.keys(root, "a matrix", KEYS);
        String name = Optional.ofNullable(keys.get("matrix")).flatMap(node -> reader.word(node, "matrix")).orElse("");
        if (name.isEmpty()) {
            reader.problems().add(root, "the key 'matrix' with the matrix's name is missing");
        }
        List<CellPattern> excluded = items(keys, "exclude").map(node -> promises.pattern(node, "an exclusion")).toList();
        List<Matrix.Part> parts = new ArrayList<>();
        if (keys.containsKey("axes")) {
            parts.add(part(product(keys.get("axes"), "axes"), keys.get("axes"), excluded));
        }
        items(keys, "include").forEach(node -> parts.add(part(product(node, "an inclusion"), node, List.of())));
        List<Matrix> imports = items(keys, "import").flatMap(node -> imported(node).stream()).toList();
        if (parts.isEmpty() && imports.isEmpty()) {
            reader.problems().add(root, "a matrix without 'axes', 'include' or 'import' has no cells");
        }
        String about = Optional.ofNullable(keys.get("about")).flatMap(node -> reader.word(node, "about")).orElse("");
        return new Matrix(name, about, parts, imports, items(keys, "promises").map(node -> rule(node, "reason", name)).toList());
    }

    private Stream<Node> items(Map<String, Node> keys, String key) {
        return keys.containsKey(key) ? reader.list(keys.get(key), key).stream() : Stream.empty();
    }

    private Matrix.Part part(Product product, Node node, List<CellPattern> excluded) {
        if (product.longestId() > Cell.MAX_ID) {
            reader.problems().add(node, "its cells' ids would have up to " + product.longestId() + " characters, more than "
                    + Cell.MAX_ID + "; write numbers without leading zeros, or fewer of them");
        }
        if (product.nothingToMap()) {
            reader.problems().add(node, "none of its guests has any of its mappings (see: holdfast list mappings)");
        }
        return new Matrix.Part(product, cell -> excluded.stream().noneMatch(pattern -> pattern.fits(cell)));
    }

    private Product product(Node node, String what) {
        Map<Axis<?>, List<?>> chosen = new HashMap<>();
        reader.keys(node, what, Axis.names().toList())
                .forEach((key, values) -> Axis.named(key).ifPresent(axis -> chosen.put(axis, values(axis, values))));
        return new Product(chosen);
    }

    private <T> List<T> values(Axis<T> axis, Node node) {
        List<T> values = new ArrayList<>();
        for (Node item : reader.some(node, axis.name())) {
            reader.word(item, axis.name()).ifPresent(word -> {
                try {
                    values.addAll(axis.parse(word));
                } catch (IllegalArgumentException e) {
                    reader.problems().add(item, e.getMessage());
                }
            });
            if (values.size() > MAX_VALUES) {
                reader.problems().add(item, axis.name() + " has more than " + MAX_VALUES + " values");
                break;
            }
        }
        return values;
    }

    private Optional<Matrix> imported(Node node) {
        Optional<String> name = reader.word(node, "import");
        if (name.isPresent() && !importable.containsKey(name.get())) {
            reader.problems().add(node, "there is no matrix '" + name.get() + "' to import"
                    + Suggestions.offer(name.get(), importable.keySet().stream(), "see: holdfast list scenarios"));
        }
        return name.map(importable::get);
    }

    /** @param matrix the matrix whose rule it is, empty for the table itself */
    private PromiseRule rule(Node node, String sourceKey, String matrix) {
        Map<String, Node> keys = reader.keys(node, "a promise", List.of("rule", "when", "promise", sourceKey));
        List<String> missing = Stream.of("when", "promise", sourceKey).filter(key -> !keys.containsKey(key)).toList();
        if (!missing.isEmpty()) {
            reader.problems().add(node, "a promise needs the keys when, promise and " + sourceKey + "; here "
                    + String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " missing");
            return new PromiseRule("", new CellPattern(List.of()), new Promise.Open(""));
        }
        String said = reader.word(keys.get(sourceKey), sourceKey).orElse("");
        String source = matrix.isEmpty() ? said
                : said + " (said by the matrix " + matrix + ", " + file + ", in the place of the built-in table)";
        String name = Optional.ofNullable(keys.get("rule")).flatMap(value -> reader.word(value, "rule")).orElse(said);
        return new PromiseRule(name, promises.pattern(keys.get("when"), "a pattern"), promises.promise(keys.get("promise"), source));
    }
}
