// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;
import java.util.stream.Stream;

/** What boots after the UEFI application. */
public enum GuestKind {
    CONTRACT("contract", true, MachineShape.SMALL,
            "the NT contract guest: a model of the documented kernel contracts, and the worst OS that UEFI allows");

    private final String label;
    private final boolean model;
    private final MachineShape machine;
    private final String description;

    GuestKind(String label, boolean model, MachineShape machine, String description) {
        this.label = label;
        this.model = model;
        this.machine = machine;
        this.description = description;
    }

    public String label() {
        return label;
    }

    /** Whether this guest models an operating system instead of being one; every report says so. */
    public boolean model() {
        return model;
    }

    /** The machine that it is given unless a cell names another. */
    public MachineShape machine() {
        return machine;
    }

    public String description() {
        return description;
    }

    public static Optional<GuestKind> named(String label) {
        return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
