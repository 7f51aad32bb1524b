// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import dev.holdfast.machine.EnvironmentFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The results of an earlier run, to hold another against. */
public final class Baseline {

    private final Map<String, CellSummary> cells = new LinkedHashMap<>();

    private Baseline() {
    }

    /**
     * Reads a results file. To be done before the run: its own results may go to the same place.
     *
     * @throws EnvironmentFault if it is none
     */
    public static Baseline read(Path file) {
        Baseline baseline = new Baseline();
        ResultsReader.read(file, cell -> baseline.cells.put(cell.id(), cell));
        return baseline;
    }

    /**
     * What is different now. A cell that fails and that the baseline does not know is newly failing as well: a baseline excuses what it
     * holds and nothing else. A cell whose verdict became another, or whose observation did, stands in one list only, the first that fits.
     *
     * @param mayBeGone whether a cell of the baseline that is not among those of now is gone; one that was not asked for is not
     */
    public Comparison compare(Collection<CellSummary> now, Predicate<String> mayBeGone) {
        List<Comparison.Change> newlyFailing = new ArrayList<>();
        List<Comparison.Change> newlyPassing = new ArrayList<>();
        List<Comparison.Change> changed = new ArrayList<>();
        List<Comparison.Change> added = new ArrayList<>();
        Set<String> gone = new HashSet<>(cells.keySet());
        for (CellSummary is : now) {
            gone.remove(is.id());
            CellSummary was = cells.get(is.id());
            if (is.failed() && (was == null || !was.failed())) {
                newlyFailing.add(new Comparison.Change(is.id(), is.model(), is.reason()
                        + (was == null ? " (not in the baseline)" : "; was: " + was.reason())));
            } else if (was == null) {
                added.add(new Comparison.Change(is.id(), is.model(), is.outcome().word()));
            } else if (was.failed() && !is.failed()) {
                newlyPassing.add(new Comparison.Change(is.id(), is.model(), is.reason() + "; was: " + was.reason()));
            } else if (!was.observation().equals(is.observation())) {
                changed.add(new Comparison.Change(is.id(), is.model(), ObservationKey.difference(was.observation(), is.observation())));
            }
        }
        List<Comparison.Change> missing = cells.values().stream().filter(cell -> gone.contains(cell.id()) && mayBeGone.test(cell.id()))
                .map(cell -> new Comparison.Change(cell.id(), cell.model(), "was " + cell.outcome().word())).toList();
        return new Comparison(newlyFailing, newlyPassing, changed, missing, added);
    }
}
