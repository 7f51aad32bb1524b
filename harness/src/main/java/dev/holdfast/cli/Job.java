// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import dev.holdfast.machine.Digests;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.Shard;
import dev.holdfast.report.Asked;
import dev.holdfast.report.History;
import dev.holdfast.report.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run is asked to do.
 *
 * @param name     the scenario's
 * @param choice   which of its cells are asked for
 * @param all      those of its cells, in its order
 * @param shard    the part of them that this run boots; empty for all
 * @param promises what is promised of a cell
 * @param replay   the command that runs one cell again, to which its id is added
 * @param history  where the run is recorded, if it is
 */
record Job(String name, Choice choice, List<Cell> all, Optional<Shard> shard, Function<Cell, Promise> promises, String replay,
           Optional<History> history) {

    Job {
        all = List.copyOf(all);
    }

    /** The cells that this run boots. */
    List<Cell> cells() {
        return shard.map(part -> part.of(all)).orElse(all);
    }

    /**
     * What the run's results say of all this.
     *
     * @param identity what the cells boot
     */
    Asked asked(String identity) {
        // Different whenever other cells are asked for, or other things are promised of them.
        String digest = Digests.ofTexts(all.stream().map(cell -> cell.id() + " " + promises.apply(cell)).toList());
        Optional<Part> part = shard.map(of -> new Part(of, all.size(), Part.digest(all.stream().map(Cell::id).toList()), digest));
        return new Asked(name, choice.words(), shard.isPresent() ? identity : identity + ", cells " + digest, cells().size(), replay, part);
    }

    /**
     * Whether a cell of another run of the scenario's was asked for here as well, and the scenario no longer has it. No shard can tell
     * whose such a cell was; a merge does.
     */
    Predicate<String> gone() {
        Set<String> asked = all.stream().map(Cell::id).collect(Collectors.toSet());
        return id -> shard.isEmpty() && choice.admits().test(id) && !asked.contains(id);
    }
}
