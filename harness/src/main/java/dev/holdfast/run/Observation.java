// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.wire.BlockCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one boot showed. Everything but {@code end}, {@code host} and {@code problems} is what the guest says of itself.
 *
 * @param end             how the boot ended
 * @param problems        what is wrong with the record of the boot itself, a sentence each
 * @param reserveStatus   EFI_STATUS of the reservation
 * @param reservedAt      physical address of the block
 * @param failure         why there was no guest, or why the guest could not go on, in words
 * @param signatureStatus NTSTATUS of the check of the driver's signature
 * @param entryStatus     NTSTATUS that DriverEntry returned
 * @param unloaded        whether the driver's unload routine returned
 * @param locatedAt       where the driver found the block
 * @param locateStatus    NTSTATUS of a search that came to nothing
 * @param locateStep      the routine, or the part of the search, that decided it
 * @param mapStatus       NTSTATUS of the mapping
 * @param mapStep         the routine that decided it
 * @param driver          the driver's look at the block
 * @param host            the harness's look at the same pages from outside
 * @param violations      Verifier rules that fired
 * @param bugCheck        the bug check that stopped the guest
 * @param driverBugCheck  the bug check that stopped the guest, as the driver saw it from inside
 * @param probe           what the driver says of its probe
 * @param model           the switches of a model guest that were in force
 * @param decided         those of them whose other value would have come to something else, with the value that held
 * @param kernel          what the guest's kernel says, where it is one that nobody here wrote
 */
public record Observation(BootEnd end, List<String> problems, Optional<Long> reserveStatus, Optional<Long> reservedAt,
                          Optional<String> failure, Optional<Long> signatureStatus, Optional<Long> entryStatus, boolean unloaded,
                          Optional<Long> locatedAt, Optional<Long> locateStatus, String locateStep, Optional<Long> mapStatus,
                          String mapStep, Optional<DriverCheck> driver, Optional<BlockCheck> host, List<BugCheckSeen> violations, Optional<BugCheckSeen> bugCheck,
                          Optional<BugCheckSeen> driverBugCheck, Optional<ProbeSeen> probe, Map<String, String> model,
                          Map<String, String> decided, KernelSeen kernel) {

    /** What a driver says of a routine that its kernel does not have: STATUS_PROCEDURE_NOT_FOUND. */
    private static final long UNAVAILABLE = 0xC000007AL;
    /** A model has about ten switches; what a guest says may be anything. */
    private static final int MAX_DECIDED = 16;

    public Observation {
        problems = List.copyOf(problems);
        violations = List.copyOf(violations);
        model = Map.copyOf(model);
        decided = Map.copyOf(decided);
    }

    /** The same with the end of the kernel's log. */
    Observation withLog(List<String> lines) {
        return new Observation(end, problems, reserveStatus, reservedAt, failure, signatureStatus, entryStatus, unloaded, locatedAt,
                locateStatus, locateStep, mapStatus, mapStep, driver, host, violations, bugCheck, driverBugCheck, probe, model, decided,
                kernel.withLog(lines));
    }

    /** Such as {@code ; rests on mdl-ram=reclaimable, pfn=described}, to stand behind a reason; empty where no switch decided. */
    String decidedWords() {
        return decided.isEmpty() ? "" : new TreeMap<>(decided).entrySet().stream().limit(MAX_DECIDED)
                .map(one -> one.getKey() + "=" + one.getValue()).collect(Collectors.joining(", ", "; rests on ", ""));
    }

    /** The routine without which the driver could neither find nor map the block, where the kernel does not have it. */
    Optional<String> unavailable() {
        Optional<String> locating = locateStatus.filter(status -> status == UNAVAILABLE).map(status -> locateStep);
        return locating.or(() -> mapStatus.filter(status -> status == UNAVAILABLE).map(status -> mapStep));
    }
}
