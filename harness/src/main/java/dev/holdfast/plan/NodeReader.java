// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads nodes as what they must be, and notes it where they are not. */
final class NodeReader {

    private final Problems problems;

    NodeReader(Problems problems) {
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** The keys of a mapping that are known, in their order; others are noted. */
    Map<String, Node> keys(Node node, String what, Collection<String> known) {
        Map<String, Node> values = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problems.add(node, what + " wants keys and values, not " + kind(node));
            return values;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = text(tuple.getKeyNode()).orElse("");
            if (values.containsKey(key)) {
                problems.add(tuple.getKeyNode(), "the key '" + key + "' stands here twice");
            } else if (known.contains(key)) {
                values.put(key, tuple.getValueNode());
            } else {
                problems.add(tuple.getKeyNode(), what + " has no key '" + key + "'"
                        + Suggestions.offer(key, known.stream(), "the keys are " + String.join(", ", known)));
            }
        }
        return values;
    }

    /** The items of a list, of which there must be some; a value that stands alone is a list of one. */
    List<Node> some(Node node, String what) {
        List<Node> items = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        if (items.isEmpty()) {
            problems.add(node, what + " wants at least one value");
        }
        return items;
    }

    /** The items of what must be a list. */
    List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(node, what + " wants a list, not " + kind(node));
        return List.of();
    }

    /** A scalar's text; noted where it is none, or empty. */
    Optional<String> word(Node node, String what) {
        Optional<String> text = text(node).map(String::strip).filter(word -> !word.isEmpty());
        if (text.isEmpty()) {
            problems.add(node, what + " wants a value, not " + kind(node));
        }
        return text;
    }

    private static Optional<String> text(Node node) {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }

    private static String kind(Node node) {
        return node instanceof SequenceNode ? "a list" : node instanceof MappingNode ? "keys and values" : "nothing";
    }
}
