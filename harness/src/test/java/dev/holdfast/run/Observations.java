// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.wire.BlockCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Observations for tests: a boot in which all went well, and what can be different in one that did not. */
public final class Observations {

    private static final String CRC = "12345678";

    private BootEnd end = new BootEnd(BootEnd.Kind.PROVEN, "ended as it said");
    private final List<String> problems = new ArrayList<>();
    private Optional<Long> reserveStatus = Optional.of(0L);
    private Optional<Long> reservedAt = Optional.of(0x100000L);
    private Optional<String> failure = Optional.empty();
    private Optional<Long> signature = Optional.of(0L);
    private Optional<Long> entry = Optional.of(0L);
    private boolean unloaded = true;
    private Optional<Long> locatedAt = Optional.of(0x100000L);
    private Optional<Long> locateStatus = Optional.empty();
    private String locateStep = "";
    private Optional<Long> mapStatus = Optional.of(0L);
    private String mapStep = "MmMapIoSpace";
    private Optional<DriverCheck> driver = Optional.of(new DriverCheck(16, 16, CRC, List.of()));
    private Optional<BlockCheck> host = Optional.of(new BlockCheck(16, 16, CRC, List.of()));
    private final List<BugCheckSeen> violations = new ArrayList<>();
    private Optional<BugCheckSeen> bugCheck = Optional.empty();

    private Optional<BugCheckSeen> driverBugCheck = Optional.empty();
    private Optional<ProbeSeen> probe = Optional.empty();

    private Map<String, String> decided = Map.of();

    private KernelSeen kernel = KernelSeen.NOTHING;

    private Observations() {
    }

    public static Observations kept() {
        return new Observations();
    }

    public static Observations bugCheck(long code, long p1, long p2, long p3, long p4) {
        Observations observed = new Observations();
        observed.bugCheck = Optional.of(new BugCheckSeen(code, List.of(p1, p2, p3, p4), ""));
        observed.entry = Optional.empty();
        observed.unloaded = false;
        observed.mapStatus = Optional.empty();
        observed.driver = Optional.empty();
        return observed;
    }

    public Observation observation() {
        return new Observation(end, problems, reserveStatus, reservedAt, failure, signature, entry, unloaded, locatedAt, locateStatus,
                locateStep, mapStatus, mapStep, driver, host, violations, bugCheck, driverBugCheck, probe, Map.of("switch", "strict"), decided, kernel);
    }

    public Observations withEnd(BootEnd other) {
        end = other;
        return this;
    }

    public Observations withProblem(String problem) {
        problems.add(problem);
        return this;
    }

    public Observations withHost(long intact, BlockCheck.Damage... damages) {
        host = Optional.of(new BlockCheck(16, intact, intact == 16 ? CRC : "87654321", List.of(damages)));
        return this;
    }

    public Observations withDriver(long intact, BlockCheck.Damage... damages) {
        driver = Optional.of(new DriverCheck(16, intact, intact == 16 ? CRC : "87654321", List.of(damages)));
        return this;
    }

    Observations withDriverCrc(String crc) {
        driver = Optional.of(new DriverCheck(16, 16, crc, List.of()));
        return this;
    }

    /** As many pages, all of them intact for both oracles. */
    Observations withPages(long pages) {
        driver = Optional.of(new DriverCheck(pages, pages, CRC, List.of()));
        host = Optional.of(new BlockCheck(pages, pages, CRC, List.of()));
        return this;
    }

    public Observations withNothingLocated() {
        return withNothingLocated(0xC0000225L, "scan");
    }

    private Observations withoutDriver() {
        locatedAt = Optional.empty();
        mapStatus = Optional.empty();
        driver = Optional.empty();
        return this;
    }

    public Observations withNothingLocated(long status, String step) {
        locateStatus = Optional.of(status);
        locateStep = step;
        return withoutDriver();
    }

    public Observations withMapping(long status, String step) {
        mapStatus = Optional.of(status);
        mapStep = step;
        driver = Optional.empty();
        return this;
    }

    public Observations withViolation(BugCheckSeen violation) {
        violations.add(violation);
        return this;
    }

    public Observations withRefusedSignature(long status) {
        withFailure("the guest could not go on: driver-refused");
        signature = Optional.of(status);
        return this;
    }

    public Observations withFailure(String words) {
        withoutDriver();
        failure = Optional.of(words);
        entry = Optional.empty();
        unloaded = false;
        return this;
    }

    public Observations withReservationRefused(long status) {
        withFailure("the UEFI application failed: reserve");
        reserveStatus = Optional.of(status);
        reservedAt = Optional.empty();
        host = Optional.empty();
        return this;
    }

    Observations withBlockAt(long address) {
        reservedAt = Optional.of(address);
        locatedAt = Optional.of(address);
        return this;
    }

    Observations withBugCheckInside(long code, long p1, long p2, long p3, long p4) {
        driverBugCheck = Optional.of(new BugCheckSeen(code, List.of(p1, p2, p3, p4), ""));
        return this;
    }

    Observations withProbe(String name, long ended, ProbeSeen.Step... steps) {
        probe = Optional.of(new ProbeSeen(name, List.of(steps), Optional.of(ended)));
        return this;
    }

    Observations withDecided(Map<String, String> switches) {
        decided = switches;
        return this;
    }

    /** What an operating system's kernel says, such a one as has no DriverEntry. */
    public Observations withKernel(KernelSeen seen) {
        kernel = seen;
        signature = Optional.empty();
        entry = Optional.empty();
        unloaded = false;
        return this;
    }

    public Observations withUnloaded(boolean value) {
        unloaded = value;
        return this;
    }
}
