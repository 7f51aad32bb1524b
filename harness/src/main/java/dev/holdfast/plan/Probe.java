// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Questions about a kernel's routines that a driver asks before it looks for the block, step by step.
 *
 * @param name  what a plan calls it: the driver's task
 * @param about one sentence: what it asks
 * @param steps in the order in which the driver takes them
 */
public record Probe(String name, String about, List<Step> steps) {

    private static final String FILE = "probes.yaml";

    /** Those that the driver has, as the file {@code probes.yaml} has them. */
    public static final List<Probe> TABLE = ProbeReader.read(FILE, Shipped.text(FILE));

    /**
     * One step.
     *
     * @param outcome what it must come to; empty where nobody promises anything
     * @param status  the NTSTATUS that it must come with, where one is promised
     * @param source  who says so, or why nobody does
     */
    public record Step(String name, Optional<Outcome> outcome, OptionalLong status, String source) {
    }

    /** How a step can end. The words are the driver's (guest-driver/nt/probe.c). */
    public enum Outcome {
        DONE("done"),
        REFUSED("refused"),
        RAISED("raised"),
        UNAVAILABLE("unavailable"),
        YES("yes"),
        NO("no");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Probe {
        steps = List.copyOf(steps);
    }

    /** The same steps with nothing promised of any of them. */
    public Probe open() {
        return new Probe(name, about,
                steps.stream().map(step -> new Step(step.name, Optional.empty(), OptionalLong.empty(), step.source)).toList());
    }

    public static Optional<Probe> named(String name) {
        return TABLE.stream().filter(probe -> probe.name.equals(name)).findFirst();
    }
}
