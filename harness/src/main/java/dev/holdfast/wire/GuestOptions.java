// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.ModelSwitch;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Probe;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is wanted of a guest beside the cell.
 *
 * @param task    what a driver with several tasks is to do; {@code none} for a driver with one
 * @param model   the contract guest's switches that are not to stand at their strict default: name to value
 * @param version the Windows whose routines the contract guest has
 */
public record GuestOptions(String task, Map<String, String> model, ModelVersion version) {

    public static final String NO_TASK = "none";
    /** Nothing but the cell, on the newest Windows, every switch at its strict default. */
    public static final GuestOptions USUAL = new GuestOptions(NO_TASK, Map.of(), ModelVersion.WINDOWS_11);

    private static final String STRICT = "strict";

    public GuestOptions {
        model = Collections.unmodifiableMap(new TreeMap<>(model));
    }

    /** What a cell itself wants: its probe is the driver's task. */
    static GuestOptions of(Cell cell) {
        return new GuestOptions(cell.probe().map(Probe::name).orElse(NO_TASK),
                cell.model().others().stream().collect(Collectors.toMap(ModelSwitch::label, ModelSwitch::other)), cell.model().version());
    }

    /** The same with another task. */
    public GuestOptions withTask(String other) {
        return new GuestOptions(other, model, version);
    }

    /** The same with one switch set. */
    public GuestOptions withSwitch(String name, String value) {
        Map<String, String> switches = new TreeMap<>(model);
        switches.put(name, value);
        return new GuestOptions(task, switches, version);
    }

    /** The same on another Windows. */
    public GuestOptions withVersion(ModelVersion other) {
        return new GuestOptions(task, model, other);
    }

    /** The switches as the plan spells them. */
    String modelText() {
        return model.isEmpty() ? STRICT
                : model.entrySet().stream().map(one -> one.getKey() + ":" + one.getValue()).collect(Collectors.joining(","));
    }
}
