// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a guest that is a model takes Windows to be.
 *
 * @param others  where switches stand that are not at their default, each switch once
 * @param version the Windows whose routines it has
 */
public record Model(Set<ModelReading> others, ModelVersion version) {

    static final String STRICT = "strict";
    /** Every switch at its default, on the newest Windows. */
    public static final Model USUAL = new Model(Set.of(), ModelVersion.WINDOWS_11);

    /** The strict reading, and each that differs from it in one open question. */
    static final List<Set<ModelReading>> READINGS = Stream.concat(Stream.of(Set.<ModelReading>of()),
            Stream.of(ModelSwitch.values()).filter(ModelSwitch::open).flatMap(ModelSwitch::others).map(Set::of)).toList();

    private static final String WINDOWS = "windows-";

    public Model {
        others = reading(others);
    }

    /** These readings in the order of the switches' table, whatever order they came in. */
    static Set<ModelReading> reading(Collection<ModelReading> others) {
        if (others.stream().map(ModelReading::of).distinct().count() != Set.copyOf(others).size()) {
            throw new IllegalArgumentException("a switch of the model stands in one place: " + others);
        }
        return others.stream().sorted(Comparator.comparing(ModelReading::of))
                .collect(Collectors.collectingAndThen(Collectors.toCollection(LinkedHashSet::new), Collections::unmodifiableSet));
    }

    /** Whether every switch stands at its default. */
    public boolean strict() {
        return others.isEmpty();
    }

    /** The switches as a plan spells them: {@code strict}, or {@code name:value} with commas between. */
    public String reading() {
        return label(others);
    }

    static String label(Set<ModelReading> others) {
        return others.isEmpty() ? STRICT : others.stream().map(ModelReading::label).collect(Collectors.joining(","));
    }

    /** What it adds to a cell's id: nothing where it is the usual one. */
    String suffix() {
        return (strict() ? "" : "/" + reading()) + (version == USUAL.version ? "" : "/" + WINDOWS + version.word());
    }

    /** The model that an id's last parts name; parts that name none count as none. */
    static Model ofParts(List<String> parts) {
        Set<ModelReading> others = parts.stream().filter(part -> part.indexOf(':') >= 0).findFirst()
                .map(part -> AxisWords.model(part).get(0)).orElse(Set.of());
        ModelVersion version = parts.stream().filter(part -> part.startsWith(WINDOWS))
                .flatMap(part -> ModelVersion.named(part.substring(WINDOWS.length())).stream()).findFirst().orElse(USUAL.version);
        return new Model(others, version);
    }
}
