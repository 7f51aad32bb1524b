// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads probes from their YAML text. */
final class ProbeReader {

    private static final String OPEN = "open";

    private final NodeReader reader;

    private ProbeReader(NodeReader reader) {
        this.reader = reader;
    }

    /** @throws MatrixFault naming what is wrong, and where */
    static List<Probe> read(String file, String text) {
        ProbeReader probes = new ProbeReader(new NodeReader(new Problems(file)));
        List<Probe> table = probes.reader.list(YamlText.compose(file, text), "the probes").stream().map(probes::probe).toList();
        probes.reader.problems().refuse();
        return table;
    }

    private Probe probe(Node node) {
        Map<String, Node> keys = keys(node, "a probe", List.of("probe", "about", "steps"), List.of());
        List<Node> steps = keys.containsKey("steps") ? reader.list(keys.get("steps"), "steps") : List.of();
        return new Probe(word(keys, "probe"), word(keys, "about"), steps.stream().map(this::step).toList());
    }

    private Probe.Step step(Node node) {
        Map<String, Node> keys = keys(node, "a step", List.of("step", "outcome", "source"), List.of("status"));
        String outcome = word(keys, "outcome");
        Optional<Probe.Outcome> promised =
                Stream.of(Probe.Outcome.values()).filter(one -> one.word().equals(outcome)).findFirst();
        if (promised.isEmpty() && !outcome.equals(OPEN)) {
            reader.problems().add(node, "there is no outcome '" + outcome + "'" + Suggestions.offer(outcome,
                    Stream.concat(Stream.of(OPEN), Stream.of(Probe.Outcome.values()).map(Probe.Outcome::word)), "write " + OPEN));
        }
        return new Probe.Step(word(keys, "step"), promised, status(keys), word(keys, "source"));
    }

    private OptionalLong status(Map<String, Node> keys) {
        if (!keys.containsKey("status")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(PromiseReader.status(word(keys, "status")));
        } catch (IllegalArgumentException e) {
            reader.problems().add(keys.get("status"), e.getMessage());
            return OptionalLong.empty();
        }
    }

    private Map<String, Node> keys(Node node, String what, List<String> needed, List<String> others) {
        Map<String, Node> keys = reader.keys(node, what, Stream.concat(needed.stream(), others.stream()).toList());
        needed.stream().filter(key -> !keys.containsKey(key))
                .forEach(key -> reader.problems().add(node, what + " needs the key " + key));
        return keys;
    }

    private String word(Map<String, Node> keys, String key) {
        return Optional.ofNullable(keys.get(key)).flatMap(node -> reader.word(node, key)).orElse("");
    }
}
