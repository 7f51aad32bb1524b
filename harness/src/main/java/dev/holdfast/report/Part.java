// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.Digests;
import dev.holdfast.plan.Shard;
import java.util.List;

/**
 * Which part of a larger run a run is, and what tells that larger run from others.
 *
 * @param cells    how many cells the larger run has
 * @param ids      a digest of their ids, in their order
 * @param promises a digest of what is promised of each, in the same order
 */
public record Part(Shard shard, int cells, String ids, String promises) {

    /** What tells the ids of a run's cells, in their order, from those of another run. */
    public static String digest(List<String> ids) {
        return Digests.ofTexts(ids);
    }

    /** Whether the other is a part of the same. */
    boolean fits(Part other) {
        return shard.count() == other.shard.count() && cells == other.cells && ids.equals(other.ids) && promises.equals(other.promises);
    }
}
