// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.Optional;

/**
 * One boot and one verdict: a reservation × a way to locate it × a mapping × a guest × a machine, with Driver Verifier on or off.
 *
 * @param probe what the driver asks of the kernel before it looks for the block
 * @param model what a guest that is a model takes Windows to be
 * @param trial what the block is put through before it is looked at
 */
public record Cell(GuestKind guest, Reservation reservation, Locating locating, Mapping mapping, VerifierFlags verifier,
                   MachineShape machine, Optional<Probe> probe, Model model, Trial trial) {

    /** The longest id, in characters: what a plan has room for. */
    public static final int MAX_ID = 200;

    /** A cell whose guest puts the block through what it usually does. */
    public Cell(GuestKind guest, Reservation reservation, Locating locating, Mapping mapping, VerifierFlags verifier,
                MachineShape machine, Optional<Probe> probe, Model model) {
        this(guest, reservation, locating, mapping, verifier, machine, probe, model, guest.trial());
    }

    /** A cell without a probe, on the usual model. */
    public Cell(GuestKind guest, Reservation reservation, Locating locating, Mapping mapping, VerifierFlags verifier,
                MachineShape machine) {
        this(guest, reservation, locating, mapping, verifier, machine, Optional.empty(), Model.USUAL);
    }

    /** A cell on the machine that its guest usually has. */
    public Cell(GuestKind guest, Reservation reservation, Locating locating, Mapping mapping, VerifierFlags verifier) {
        this(guest, reservation, locating, mapping, verifier, guest.machine());
    }

    /**
     * The cell's name: stable from release to release, readable, and different for different cells. What stands at its default
     * (16 pages, the thread's range, the walk that suits the placement, the guest's usual machine, no probe, what the guest usually
     * puts a block through, the strict model of the newest Windows) is not spelt out.
     */
    public String id() {
        String id = String.join("/", guest.label(), reservation.label(), locatingLabel(), mapping.label(), verifier.label());
        String onMachine = machine.equals(guest.machine()) ? id : id + "/" + machine.name();
        return probe.map(asked -> onMachine + "/" + asked.name()).orElse(onMachine) + trial.suffix(guest.trial()) + model.suffix();
    }

    /** Whether its guest has what it asks. */
    public boolean possible() {
        return guest.has(this);
    }

    /** The same cell with another mapping. */
    public Cell with(Mapping other) {
        return new Cell(guest, reservation, locating, other, verifier, machine, probe, model, trial);
    }

    /** Whether the driver looks where the placement suggests. */
    public boolean locatesByDefault() {
        return locating.equals(Walks.toFind(reservation, machine));
    }

    /** The cell of that id; empty where there can be none. */
    public static Optional<Cell> named(String id) {
        return CellId.parse(id);
    }

    private String locatingLabel() {
        return locatesByDefault() ? Locating.Scan.METHOD : locating.label();
    }
}
