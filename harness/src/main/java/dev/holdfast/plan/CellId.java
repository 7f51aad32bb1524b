// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Optional;

/** Reads cells' ids. */
final class CellId {

    private static final int PARTS = 5;
    /** The machine, the probe, the pressure, the reboot, the model's reading and its version. */
    private static final int MORE_PARTS = 6;

    private CellId() {
    }

    /** The cell of that id; empty where there can be none: only what {@link Cell#id} writes is an id. */
    static Optional<Cell> parse(String id) {
        try {
            return Optional.of(read(id.split("/", -1))).filter(cell -> cell.possible() && cell.id().equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Cell read(String[] parts) {
        if (parts.length < PARTS || parts.length > PARTS + MORE_PARTS) {
            throw new IllegalArgumentException("an id has five to eleven parts");
        }
        GuestKind guest = only(Axis.GUEST, parts[0]);
        Reservation reservation = reservation(parts[1]);
        List<String> others = List.of(parts).subList(PARTS, parts.length);
        MachineShape machine = others.stream().flatMap(part -> MachineShape.named(part).stream()).findFirst().orElse(guest.machine());
        Optional<Probe> probe = others.stream().flatMap(part -> Probe.named(part).stream()).findFirst();
        Locating locating = only(Axis.LOCATING, parts[2]).orElse(Walks.toFind(reservation, machine));
        return new Cell(guest, reservation, locating, only(Axis.MAPPING, parts[3]), only(Axis.VERIFIER, parts[4]), machine,
                probe, Model.ofParts(others), Trial.ofParts(others, guest.trial()));
    }

    private static Reservation reservation(String part) {
        int at = part.indexOf('@');
        int comma = part.indexOf(',');
        if (at < 0) {
            throw new IllegalArgumentException("a reservation is a type at a placement");
        }
        long pages = Reservation.DEFAULT_PAGES;
        if (comma >= 0) {
            pages = only(Axis.PAGES, part.substring(comma + 1).replaceFirst("p$", ""));
        }
        String placement = part.substring(at + 1, comma < 0 ? part.length() : comma);
        return new Reservation(only(Axis.TYPE, part.substring(0, at)), only(Axis.PLACEMENT, placement), pages);
    }

    private static <T> T only(Axis<T> axis, String word) {
        return axis.parse(word).get(0);
    }
}
