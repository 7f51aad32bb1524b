// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.plan.BugCheckParameter;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Codes;
import dev.holdfast.plan.Fate;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Kernel;
import dev.holdfast.plan.Placement;
import dev.holdfast.plan.Promise;
import dev.holdfast.wire.BlockCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that can be wrong with a boot, each said in one clause: what was seen, and what was expected. */
final class Findings {

    private static final int MAX_DAMAGES = 3;
    private static final int MAX_COMPLAINTS = 2;

    private Findings() {
    }

    /** What makes the observation itself doubtful, whatever was promised. */
    static List<String> ofMeasurement(Cell cell, Observation observed) {
        List<String> findings = new ArrayList<>();
        if (!observed.end().proven()) {
            findings.add(observed.end().words());
        }
        findings.addAll(observed.problems());
        neverRan(observed).or(() -> Seen.silence(observed)).ifPresent(findings::add);
        if (observed.failure().isPresent()) {
            // What kept the guest from going on may be what its kernel complained of.
            observed.kernel().complaints().stream().limit(MAX_COMPLAINTS).map(Seen::complaint).forEach(findings::add);
        }
        if (standsStill(cell)) {
            disagreement(observed).ifPresent(findings::add);
        }
        disagreementAfterReset(observed).ifPresent(findings::add);
        twoBugChecks(observed).ifPresent(findings::add);
        return findings;
    }

    /** What kept the driver from ever running, other than a reservation that the firmware refused: that is an answer too. */
    private static Optional<String> neverRan(Observation observed) {
        if (reservationRefused(observed)) {
            return Optional.empty();
        }
        Optional<String> signature = observed.signatureStatus().filter(status -> status != 0)
                .map(status -> "the guest refused the driver's signature: " + Codes.inWords(Codes.Space.NTSTATUS, status));
        return signature.or(observed::failure);
    }

    /** Whether the driver ran. Of a boot without an end, or without a driver, it is not worth saying what else did not happen. */
    static boolean ran(Observation observed) {
        return observed.end().proven() && !reservationRefused(observed) && neverRan(observed).isEmpty() && Seen.silence(observed).isEmpty();
    }

    private static boolean reservationRefused(Observation observed) {
        return observed.reserveStatus().filter(status -> status != 0).isPresent();
    }

    /** Whether nobody writes to the block's pages between two looks at them, as an OS may that has made them its own. */
    private static boolean standsStill(Cell cell) {
        return cell.guest().model() || cell.reservation().type().fate() == Fate.KEEP;
    }

    /** Where the driver inside and the host outside saw different things in the same pages. */
    private static Optional<String> disagreement(Observation observed) {
        return observed.driver().flatMap(driver -> disagreement("driver", driver, observed));
    }

    private static Optional<String> disagreementAfterReset(Observation observed) {
        return observed.kernel().afterReset().flatMap(look -> disagreement("UEFI application", look, observed));
    }

    private static Optional<String> disagreement(String who, DriverCheck inside, Observation observed) {
        if (observed.host().isEmpty()) {
            return Optional.empty();
        }
        BlockCheck host = observed.host().get();
        if (inside.intact() != host.intact() || inside.pages() != host.pages()) {
            return Optional.of("the oracles disagree: the " + who + " says " + inside.intact() + " of " + inside.pages()
                    + " pages are intact, the host sees " + host.intact() + " of " + host.pages());
        }
        if (!inside.crc().equals(host.crc())) {
            return Optional.of("the oracles disagree: the " + who + " read bytes with the checksum " + inside.crc() + ", the host with "
                    + host.crc());
        }
        return Optional.empty();
    }

    /** Where the driver inside and the guest itself name different bug checks. */
    private static Optional<String> twoBugChecks(Observation observed) {
        return observed.driverBugCheck()
                .filter(inside -> observed.bugCheck().filter(seen -> !seen.sameAs(inside)).isPresent())
                .map(inside -> "the driver saw bug check " + inside.words() + " from inside, the guest reported "
                        + observed.bugCheck().orElseThrow().words());
    }

    /** Where the observation differs from the promise. */
    static List<String> ofPromise(Cell cell, Promise promise, Observation observed) {
        if (reservationRefused(observed)) {
            return ofReservation(promise, observed.reserveStatus().orElseThrow());
        }
        if (promise instanceof Promise.Refused refused && refused.ofReservation()) {
            return ofAllocation(refused, observed);
        }
        List<String> findings = new ArrayList<>(ofPlacement(cell, observed));
        boolean ran = ran(observed);
        if (ran && promise instanceof Promise.Kept) {
            findings.addAll(ofMapping(cell, observed));
        } else if (ran && promise instanceof Promise.BugCheck bugCheck) {
            findings.addAll(ofBugCheck(cell, bugCheck, observed));
        } else if (ran && promise instanceof Promise.Refused refused) {
            findings.addAll(ofRefusal(cell, refused, observed));
        }
        if (promise.blockSurvives()) {
            findings.addAll(ofBlock(cell, ran, observed));
        }
        return findings;
    }

    private static List<String> ofReservation(Promise promise, long status) {
        String seen = "the firmware refused the reservation: " + Codes.inWords(Codes.Space.EFI_STATUS, status);
        if (!(promise instanceof Promise.Refused refused) || !refused.ofReservation()) {
            return List.of(seen);
        }
        return refused.status() == status ? List.of() : List.of(seen + ", expected " + Codes.inWords(refused.space(), refused.status()));
    }

    /** A reservation that must have been refused was made, or nobody knows. */
    private static List<String> ofAllocation(Promise.Refused promise, Observation observed) {
        return List.of(observed.reservedAt().map(at -> "AllocatePages gave " + Hex.of(at)).orElse("no reservation was seen")
                + ", expected the refusal " + Codes.inWords(promise.space(), promise.status()));
    }

    private static List<String> ofPlacement(Cell cell, Observation observed) {
        Placement placement = cell.reservation().placement();
        return observed.reservedAt().filter(at -> !placement.allows(at, cell.reservation().bytes()))
                .map(at -> List.of("the block lies at " + Hex.of(at) + ", which the placement " + placement.label() + " does not allow"))
                .orElse(List.of());
    }

    private static List<String> ofMapping(Cell cell, Observation observed) {
        List<String> findings = new ArrayList<>(ofQuiet(observed));
        if (observed.bugCheck().isPresent()) {
            return findings;
        }
        if (observed.unavailable().isPresent()) {
            findings.addAll(ofUnload(cell, observed));
            return findings;
        }
        if (observed.locatedAt().isEmpty() || !observed.locatedAt().equals(observed.reservedAt())) {
            findings.add("the driver " + observed.locatedAt().map(at -> "found a block at " + Hex.of(at)).orElse("did not find the block")
                    + ", which was reserved at " + observed.reservedAt().map(Hex::of).orElse("no address"));
        } else if (observed.mapStatus().isEmpty() || observed.mapStatus().get() != 0) {
            findings.add(Seen.mapping(cell, observed) + ", expected a mapping");
        } else if (observed.driver().isEmpty()) {
            findings.add("the driver mapped the block and did not say what it saw");
        } else {
            findings.addAll(damages("the driver", cell, observed.driver().get().intact(), observed.driver().get().damages()));
        }
        findings.addAll(ofUnload(cell, observed));
        return findings;
    }

    private static List<String> ofQuiet(Observation observed) {
        List<String> findings = new ArrayList<>();
        observed.bugCheck().ifPresent(seen -> findings.add("bug check " + seen.words() + ", expected none"));
        observed.kernel().complaints().forEach(complaint -> findings.add(Seen.complaint(complaint) + ", expected none"));
        observed.violations().stream().filter(violation -> observed.bugCheck().isEmpty())
                .forEach(violation -> findings.add("Verifier violation " + violation.words() + ", expected none"));
        return findings;
    }

    private static List<String> ofUnload(Cell cell, Observation observed) {
        if (cell.guest().kernel() != Kernel.NT) {
            return List.of();
        }
        if (observed.entryStatus().isEmpty()) {
            return List.of("DriverEntry did not return");
        }
        if (observed.entryStatus().get() != 0) {
            return List.of("DriverEntry returned " + Codes.inWords(Codes.Space.NTSTATUS, observed.entryStatus().get()) + ", expected 0x0");
        }
        return observed.unloaded() ? List.of() : List.of("the driver was not unloaded");
    }

    private static List<String> ofBugCheck(Cell cell, Promise.BugCheck promise, Observation observed) {
        String expected = "expected bug check " + Hex.of(promise.code()) + " ("
                + String.join(", ", promise.parameters().stream().map(BugCheckParameter::words).toList()) + ")";
        if (observed.bugCheck().isEmpty() && observed.unavailable().isPresent()) {
            return List.of();
        }
        if (observed.bugCheck().isEmpty()) {
            return List.of("no bug check (" + Seen.mapping(cell, observed) + "), " + expected);
        }
        BugCheckSeen seen = observed.bugCheck().get();
        if (seen.code() != promise.code()) {
            return List.of("bug check " + seen.words() + ", " + expected);
        }
        List<String> findings = new ArrayList<>();
        for (int i = 0; i < seen.parameters().size(); i++) {
            long value = seen.parameters().get(i);
            Optional<Long> wanted = promise.parameters().get(i).expected(observed.reservedAt().orElse(0L), cell.reservation().bytes());
            if (wanted.isPresent() && wanted.get() != value) {
                findings.add("bug check " + seen.words() + ": parameter " + (i + 1) + " is " + Hex.of(value) + ", expected "
                        + Hex.of(wanted.get()));
            }
        }
        return findings;
    }

    private static List<String> ofRefusal(Cell cell, Promise.Refused promise, Observation observed) {
        List<String> findings = new ArrayList<>(ofQuiet(observed));
        if (observed.unavailable().isEmpty() && !observed.mapStatus().equals(Optional.of(promise.status()))) {
            findings.add(Seen.mapping(cell, observed) + ", expected the refusal " + Codes.inWords(promise.space(), promise.status()));
        }
        return findings;
    }

    private static List<String> ofBlock(Cell cell, boolean ran, Observation observed) {
        if (observed.host().isEmpty()) {
            return ran ? List.of("the host did not see the block") : List.of();
        }
        return damages("the host", cell, observed.host().get().intact(), observed.host().get().damages());
    }

    private static List<String> damages(String who, Cell cell, long intact, List<BlockCheck.Damage> damages) {
        long pages = cell.reservation().pages();
        if (intact == pages) {
            return List.of();
        }
        List<String> findings = new ArrayList<>();
        findings.add(who + " sees " + intact + " of " + pages + " pages intact, expected " + pages);
        damages.stream().limit(MAX_DAMAGES).forEach(damage -> findings.add(damage.words(pages)));
        return findings;
    }
}
