// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Mapping;
import dev.holdfast.plan.ModelReading;
import dev.holdfast.plan.ModelVersion;
import dev.holdfast.plan.Pressure;
import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Reboot;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is wanted of a guest beside the cell.
 *
 * @param task     what a driver with several tasks is to do; {@code none} for a driver with one
 * @param model    the contract guest's switches that are not to stand at their strict default: name to value
 * @param version  the Windows whose routines the contract guest has
 * @param batch    mappings that this one boot tries one after another, the cell's own first; none for the cell's alone
 * @param pressure what is done to memory before the block is looked for
 * @param reboot   what comes between the pressure and the look for the block
 */
public record GuestOptions(String task, Map<String, String> model, ModelVersion version, List<Mapping> batch, Pressure pressure,
        Reboot reboot) {

    public static final String NO_TASK = "none";
    /** Nothing but the cell, on the newest Windows, every switch at its strict default. */
    public static final GuestOptions USUAL = new GuestOptions(NO_TASK, Map.of(), ModelVersion.WINDOWS_11);

    private static final String STRICT = "strict";
    private static final String NO_BATCH = "none";
    /** The most mappings that one boot tries. */
    static final int MAX_BATCH = 16;

    /** Wants one mapping, no pressure and no second boot. */
    public GuestOptions(String task, Map<String, String> model, ModelVersion version) {
        this(task, model, version, List.of(), Pressure.NONE, Reboot.NONE);
    }

    public GuestOptions {
        batch = List.copyOf(batch);
        model = Collections.unmodifiableMap(new TreeMap<>(model));
    }

    /** What a cell itself wants: its probe is the driver's task. */
    public static GuestOptions of(Cell cell) {
        return new GuestOptions(cell.probe().map(Probe::name).orElse(NO_TASK),
                cell.model().others().stream().collect(Collectors.toMap(one -> one.of().label(), ModelReading::value)), cell.model().version(),
                List.of(), cell.trial().pressure(), cell.trial().reboot());
    }

    /** The same with another task. */
    public GuestOptions withTask(String other) {
        return new GuestOptions(other, model, version, batch, pressure, reboot);
    }

    /** The same with one switch set. */
    public GuestOptions withSwitch(String name, String value) {
        Map<String, String> switches = new TreeMap<>(model);
        switches.put(name, value);
        return new GuestOptions(task, switches, version, batch, pressure, reboot);
    }

    /** The same on another Windows. */
    public GuestOptions withVersion(ModelVersion other) {
        return new GuestOptions(task, model, other, batch, pressure, reboot);
    }

    /** The same with several mappings to try. */
    public GuestOptions withBatch(List<Mapping> others) {
        return new GuestOptions(task, model, version, others, pressure, reboot);
    }

    /** The same under another pressure. */
    public GuestOptions withPressure(Pressure other) {
        return new GuestOptions(task, model, version, batch, other, reboot);
    }

    /** The same with another boot in between. */
    public GuestOptions withReboot(Reboot other) {
        return new GuestOptions(task, model, version, batch, pressure, other);
    }

    /** Whether a plan has room for as many mappings to try (guest-driver/common/hf_plan.h, HF_PLAN_BATCH_MAX). */
    public static boolean fit(List<Mapping> mappings) {
        return mappings.size() <= MAX_BATCH && text(mappings).length() <= PlanText.MAX_BATCH_BYTES;
    }

    /** The mappings to try as the plan spells them. */
    String batchText() {
        return batch.isEmpty() ? NO_BATCH : text(batch);
    }

    private static String text(List<Mapping> mappings) {
        return mappings.stream().map(one -> one.api().routine() + "." + one.cache().label()).collect(Collectors.joining(","));
    }

    /** The switches as the plan spells them. */
    String modelText() {
        return model.isEmpty() ? STRICT
                : model.entrySet().stream().map(one -> one.getKey() + ":" + one.getValue()).collect(Collectors.joining(","));
    }
}
