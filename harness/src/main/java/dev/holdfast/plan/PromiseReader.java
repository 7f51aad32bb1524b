// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import dev.holdfast.plan.BugCheckParameter.Anything;
import dev.holdfast.plan.BugCheckParameter.Exactly;
import dev.holdfast.plan.BugCheckParameter.OfBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads patterns of cells and promises. */
final class PromiseReader {

    private static final int PARAMETERS = 4;
    private static final String KEPT = "kept";
    private static final String OPEN = "open";
    private static final String REFUSED = "refused";
    private static final String BUG_CHECK = "bugcheck";
    private static final String BLOCK = "block";
    private static final String SURVIVES = "survives";
    private static final String KINDS = "kept, open, {refused: STATUS} or {bugcheck: CODE/PARAMETER}";
    private static final Map<String, BugCheckParameter> OF_BLOCK = Map.of(
            "address", OfBlock.ADDRESS, "bytes", OfBlock.BYTES, "first-pfn", OfBlock.FIRST_PFN, "*", new Anything());

    private final NodeReader reader;

    PromiseReader(NodeReader reader) {
        this.reader = reader;
    }

    /** A pattern: keys are axes and traits, values are words or lists of which one fits. */
    CellPattern pattern(Node node, String what) {
        List<String> known = Stream.concat(Axis.names(), Stream.of(Trait.values()).map(Trait::label)).toList();
        List<Predicate<Cell>> conditions = new ArrayList<>();
        reader.keys(node, what, known).forEach((key, value) -> conditions.add(anyOf(key, value)));
        return new CellPattern(conditions);
    }

    private Predicate<Cell> anyOf(String key, Node values) {
        List<Predicate<Cell>> conditions = new ArrayList<>();
        for (Node item : reader.some(values, key)) {
            reader.word(item, key).ifPresent(word -> {
                try {
                    conditions.add(Trait.named(key).map(trait -> CellPattern.condition(trait, word))
                            .orElseGet(() -> CellPattern.condition(Axis.named(key).orElseThrow(), word)));
                } catch (IllegalArgumentException e) {
                    reader.problems().add(item, e.getMessage());
                }
            });
        }
        return cell -> conditions.stream().anyMatch(condition -> condition.test(cell));
    }

    /** A promise; {@link Promise.Open} where it cannot be read, which is noted. */
    Promise promise(Node node, String source) {
        try {
            if (node instanceof MappingNode) {
                return keyed(reader.keys(node, "a promise", List.of(REFUSED, BUG_CHECK, BLOCK)), node, source);
            }
            String word = reader.word(node, "a promise").orElse(OPEN);
            if (word.equals(KEPT)) {
                return new Promise.Kept(source);
            }
            if (!word.equals(OPEN)) {
                reader.problems().add(node, "there is no promise '" + word + "'"
                        + Suggestions.offer(word, Stream.of(KEPT, OPEN), "write " + KINDS));
            }
        } catch (IllegalArgumentException e) {
            reader.problems().add(node, e.getMessage());
        }
        return new Promise.Open(source);
    }

    private Promise keyed(Map<String, Node> keys, Node node, String source) {
        boolean survives = keys.containsKey(BLOCK) && survives(keys.get(BLOCK));
        Optional<String> refused = Optional.ofNullable(keys.get(REFUSED)).flatMap(value -> reader.word(value, REFUSED));
        Optional<String> bugCheck = Optional.ofNullable(keys.get(BUG_CHECK)).flatMap(value -> reader.word(value, BUG_CHECK));
        if (refused.isPresent() == bugCheck.isPresent()) {
            throw new IllegalArgumentException("a promise is one of " + KINDS);
        }
        return refused.<Promise>map(word -> new Promise.Refused(status(word), survives, source))
                .orElseGet(() -> bugCheck(bugCheck.get(), survives, source));
    }

    private boolean survives(Node node) {
        String word = reader.word(node, BLOCK).orElse(SURVIVES);
        if (!word.equals(SURVIVES)) {
            reader.problems().add(node, "the key 'block' says 'survives', or is left out");
        }
        return word.equals(SURVIVES);
    }

    /** @throws IllegalArgumentException if the word is no status, or one of success */
    static long status(String word) {
        if (word.startsWith("0x")) {
            long number = hex(word);
            if (number == 0) {
                throw new IllegalArgumentException("0x0 says that a call succeeded, and so refuses nothing");
            }
            return number;
        }
        List<Codes.Code> statuses = Codes.TABLE.stream().filter(code -> !code.name().isEmpty() && code.number() != 0)
                .filter(code -> code.space() != Codes.Space.BUG_CHECK).toList();
        return statuses.stream().filter(code -> code.name().equals(word)).findFirst().map(Codes.Code::number)
                .orElseThrow(() -> new IllegalArgumentException("there is no status '" + word + "'"
                        + Suggestions.offer(word, statuses.stream().map(Codes.Code::name), "write its number in hex")));
    }

    /** {@code 0xC4/0x83/address/bytes/first-pfn}: the code, and as many parameters as are promised. */
    private static Promise bugCheck(String word, boolean survives, String source) {
        String[] parts = word.split("/", -1);
        if (parts.length > PARAMETERS + 1) {
            throw new IllegalArgumentException("a bug check has four parameters, not " + (parts.length - 1));
        }
        List<BugCheckParameter> parameters = new ArrayList<>();
        for (int i = 1; i <= PARAMETERS; i++) {
            String parameter = i < parts.length ? parts[i] : "*";
            parameters.add(OF_BLOCK.containsKey(parameter) ? OF_BLOCK.get(parameter) : new Exactly(hex(parameter)));
        }
        return new Promise.BugCheck(hex(parts[0]), parameters, survives, source);
    }

    private static long hex(String word) {
        if (!word.matches("0x[0-9a-fA-F]{1,16}")) {
            throw new IllegalArgumentException("'" + word + "' is no number in hex, such as 0xC4");
        }
        return AxisWords.number(word);
    }
}
