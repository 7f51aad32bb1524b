// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What follows from a cell's axes, and patterns can ask for. */
enum Trait {
    /** What an OS may do with the block's memory. */
    FATE("fate", Stream.of(Fate.values()).map(Trait::word).toList(), cell -> word(cell.reservation().type().fate())),

    /** Whether the machine has RAM where the block is to lie. */
    RAM("ram", List.of("inside", "outside"), cell -> hasRam(cell) ? "inside" : "outside");

    private final String label;
    private final List<String> words;
    private final Function<Cell, String> ofCell;

    Trait(String label, List<String> words, Function<Cell, String> ofCell) {
        this.label = label;
        this.words = words;
        this.ofCell = ofCell;
    }

    String label() {
        return label;
    }

    List<String> words() {
        return words;
    }

    String of(Cell cell) {
        return ofCell.apply(cell);
    }

    static Optional<Trait> named(String label) {
        return Stream.of(values()).filter(trait -> trait.label.equals(label)).findFirst();
    }

    private static String word(Fate fate) {
        return fate.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean hasRam(Cell cell) {
        long bytes = cell.reservation().bytes();
        MachineShape machine = cell.machine();
        if (cell.reservation().placement() instanceof Placement.At at) {
            return machine.isRam(at.address(), bytes);
        }
        return bytes <= machine.memoryMiB() * (1L << 20);
    }
}
