// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a boot showed, in words that take no side. */
public final class Seen {

    private Seen() {
    }

    /** One clause each on the block, the mapping and the guest's peace. */
    public static String summary(Observation observed) {
        List<String> clauses = new ArrayList<>();
        observed.failure().ifPresent(clauses::add);
        observed.host().ifPresent(host -> clauses.add(host.intact() + " of " + host.pages() + " pages intact"
                + observed.reservedAt().map(at -> " at " + Hex.of(at)).orElse("")));
        if (observed.bugCheck().isPresent()) {
            clauses.add("bug check " + observed.bugCheck().get().words());
        } else if (observed.failure().isEmpty()) {
            clauses.add(mapping(observed));
            clauses.add(observed.violations().isEmpty() ? "quiet" : observed.violations().size() + " violations");
        }
        observed.probe().ifPresent(probe -> clauses.add("probe " + probe.name() + " " + probe.steps().size() + " steps"));
        return String.join(", ", clauses);
    }

    /** That a driver which ran told nothing of what it saw, and whose fault that is, as a clause; empty where it did, or did not run. */
    public static Optional<String> silence(Observation observed) {
        boolean spoke = observed.locatedAt().isPresent() || observed.locateStatus().isPresent() || observed.mapStatus().isPresent()
                || observed.driver().isPresent() || observed.probe().isPresent() || observed.driverBugCheck().isPresent();
        if (spoke || observed.entryStatus().isEmpty() || observed.bugCheck().isPresent()) {
            return Optional.empty();
        }
        return Optional.of("the driver never said what it saw: DriverEntry returned "
                + Codes.inWords(Codes.Space.NTSTATUS, observed.entryStatus().get())
                + ", and no frame of its own tells of the block; the guest is at fault, not this computer");
    }

    /** What became of the mapping, as a clause. */
    public static String mapping(Observation observed) {
        if (observed.unavailable().isPresent()) {
            return "this kernel has no " + observed.unavailable().get();
        }
        if (observed.locatedAt().isEmpty()) {
            return "the driver did not find the block";
        }
        if (observed.mapStatus().isEmpty()) {
            return "the driver did not come to map the block";
        }
        long status = observed.mapStatus().get();
        if (status == 0) {
            return "mapped";
        }
        String step = observed.mapStep().isEmpty() ? "the mapping" : observed.mapStep();
        return step + " returned " + Codes.inWords(Codes.Space.NTSTATUS, status);
    }
}
