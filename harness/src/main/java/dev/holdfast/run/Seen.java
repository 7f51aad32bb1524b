// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Reboot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a boot showed, in words that take no side. */
public final class Seen {

    private Seen() {
    }

    /** One clause each on the block, the mapping, the guest's peace, and what its kernel makes of the block's memory. */
    public static String summary(Cell cell, Observation observed) {
        List<String> clauses = new ArrayList<>();
        observed.failure().ifPresent(clauses::add);
        observed.host().ifPresent(host -> clauses.add(host.intact() + " of " + host.pages() + " pages intact"
                + observed.reservedAt().map(at -> " at " + Hex.of(at)).orElse("")));
        if (observed.bugCheck().isPresent()) {
            clauses.add("bug check " + observed.bugCheck().get().words());
        } else if (observed.failure().isEmpty()) {
            clauses.add(cell.trial().reboot() == Reboot.RESET ? afterReset(observed) : mapping(cell, observed));
            clauses.add(peace(observed));
        }
        if (!observed.kernel().places().isEmpty()) {
            clauses.add(observed.kernel().places());
        } else if (!cell.guest().model() && observed.locatedAt().isPresent()) {
            clauses.add("in no map of the kernel's");
        }
        clauses.addAll(observed.kernel().notes());
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

    private static String afterReset(Observation observed) {
        return observed.kernel().afterReset().map(check -> check.intact() + " of " + check.pages() + " when the UEFI application ran again")
                .orElse("the UEFI application did not run again");
    }

    /** Whether the guest was quiet, and what it said where it was not. */
    private static String peace(Observation observed) {
        List<KernelSeen.Complaint> complaints = observed.kernel().complaints();
        if (!complaints.isEmpty()) {
            return complaint(complaints.get(0)) + (complaints.size() > 1 ? " and " + (complaints.size() - 1) + " more" : "");
        }
        return observed.violations().isEmpty() ? "quiet" : observed.violations().size() + " violations";
    }

    /** What a kernel complained of, as a clause. */
    public static String complaint(KernelSeen.Complaint complaint) {
        return "the kernel complained" + (complaint.during().isEmpty() ? "" : " during " + complaint.during()) + ": \"" + complaint.text() + "\"";
    }

    /** What became of the mapping, as a clause. */
    public static String mapping(Cell cell, Observation observed) {
        if (observed.unavailable().isPresent()) {
            return "this kernel has no " + observed.unavailable().get();
        }
        String lost = "the driver did not find the block";
        if (observed.mapStatus().isEmpty()) {
            return observed.locatedAt().isEmpty() ? lost : "the driver did not come to map the block";
        }
        return (observed.locatedAt().isEmpty() ? lost + ", " : "") + outcome(cell, observed, observed.mapStatus().get());
    }

    private static String outcome(Cell cell, Observation observed, long status) {
        if (status == 0) {
            return "mapped";
        }
        String step = observed.mapStep().isEmpty() ? "the mapping" : observed.mapStep();
        return step + " returned " + Codes.inWords(cell.guest().kernel().statuses(), status);
    }
}
