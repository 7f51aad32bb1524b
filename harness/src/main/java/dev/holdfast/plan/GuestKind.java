// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** What boots after the UEFI application. */
public enum GuestKind {
    CONTRACT("contract", Kernel.NT, true, MachineShape.SMALL, Pressure.NONE,
            "the NT contract guest: a model of the documented kernel contracts, and the worst OS that UEFI allows"),
    LINUX("linux", Kernel.LINUX, false, MachineShape.MEDIUM, Pressure.FULL,
            "Debian's stock kernel, unmodified, its memory put under pressure before the block is looked for");

    private final String label;
    private final Kernel kernel;
    private final boolean model;
    private final MachineShape machine;
    private final Pressure pressure;
    private final String description;

    GuestKind(String label, Kernel kernel, boolean model, MachineShape machine, Pressure pressure, String description) {
        this.label = label;
        this.kernel = kernel;
        this.model = model;
        this.machine = machine;
        this.pressure = pressure;
        this.description = description;
    }

    public String label() {
        return label;
    }

    /** Whose routines its driver calls. */
    public Kernel kernel() {
        return kernel;
    }

    /** Whether this guest models an operating system instead of being one; every report says so. */
    public boolean model() {
        return model;
    }

    /** The machine that it is given unless a cell names another. */
    public MachineShape machine() {
        return machine;
    }

    /** What it puts a block through unless a cell names something else. */
    public Trial trial() {
        return new Trial(pressure, Reboot.NONE);
    }

    /** The mapping of a cell that names none. */
    public Mapping mapping() {
        return Mapping.cached(kernel == Kernel.NT ? MapApi.MM_MAP_IO_SPACE : MapApi.MEMREMAP);
    }

    /** Whether one boot of it can try several mappings of one block. */
    public boolean triesManyMappings() {
        return kernel == Kernel.LINUX;
    }

    /** Whether this guest has what the cell asks: its kernel's mappings and rules, a model's readings only if it is one. */
    boolean has(Cell cell) {
        boolean nt = kernel == Kernel.NT;
        return cell.mapping().api().kernel() == kernel
                && (nt || !cell.verifier().on() && cell.probe().isEmpty())
                && (model || cell.model().equals(Model.USUAL))
                && (!nt || cell.trial().reboot() == Reboot.NONE);
    }

    /** Whether a cell of that id is one of its own. */
    public boolean owns(String cellId) {
        return cellId.startsWith(label + "/");
    }

    public String description() {
        return description;
    }

    public static Optional<GuestKind> named(String label) {
        return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
