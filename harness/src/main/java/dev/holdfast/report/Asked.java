// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.util.Optional;

/**
 * What a run was asked to do.
 *
 * @param scenario the scenario's or matrix's name
 * @param choice   whatever narrows it down (a filter), as it stands on the command line; empty for all of its cells
 * @param identity what the cells boot, in the caller's words: QEMU, firmware, media; different whenever results could be
 * @param cells    how many cells this run has
 * @param replay   the command that runs one cell again, to which its id is added
 * @param part     which part of a larger run it is, if it is one
 */
public record Asked(String scenario, String choice, String identity, int cells, String replay, Optional<Part> part) {

    /** A run of all cells that were chosen. */
    public Asked(String scenario, String choice, String identity, int cells, String replay) {
        this(scenario, choice, identity, cells, replay, Optional.empty());
    }

    /** The scenario with whatever narrows it down. */
    public String name() {
        return scenario + choice + part.map(of -> " --shard " + of.shard().label()).orElse("");
    }

    /** Whether a run that is asked this may carry on where one was cut that was asked the other. */
    boolean continues(Asked other) {
        return sameCells(other) && identity.equals(other.identity) && part.equals(other.part);
    }

    boolean sameCells(Asked other) {
        return name().equals(other.name()) && cells == other.cells;
    }
}
