// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.PromiseTable;
import dev.holdfast.plan.Scenarios;
import dev.holdfast.run.Verdict.Outcome;
import dev.holdfast.wire.BlockCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictsTest {

    private static final Cell KEPT = Scenarios.OSR_THREAD.cells().toList().get(0);
    private static final Cell BUG_CHECK = Scenarios.OSR_THREAD.cells().toList().get(1);
    private static final Cell OPEN = Scenarios.OSR_THREAD.cells().toList().get(5);
    private static final BlockCheck.Damage DAMAGE = new BlockCheck.Damage(1, 0x101000, 4095, 0x5A, 0x5B);

    @Test
    void aBlockThatSurvivesAndIsMappedInPeacePasses() {
        assertVerdict(KEPT, Observations.kept(), Outcome.PASS, "16 of 16 pages intact at 0x100000, mapped, quiet");
    }

    @Test
    void everyVerdictNamesTheModelsReadingsThatItRestsOn() {
        Map<String, String> readings = Map.of("pfn", "described", "mdl-ram", "reclaimable");
        String words = "; rests on mdl-ram=reclaimable, pfn=described";

        assertVerdict(KEPT, Observations.kept().withDecided(readings), Outcome.PASS,
                "16 of 16 pages intact at 0x100000, mapped, quiet" + words);
        assertVerdict(OPEN, Observations.kept().withDecided(readings), Outcome.OBSERVED,
                "16 of 16 pages intact at 0x100000, mapped, quiet" + words);
        assertVerdict(KEPT, Observations.kept().withUnloaded(false).withDecided(readings), Outcome.FAIL,
                "the driver was not unloaded" + words);
    }

    @Test
    void ofAReadingThatIsNotTheStrictOneNoStepOfAProbeIsPromisedAndEachMustBeTaken() {
        Probe probe = Probe.named("osr-nonpaged").orElseThrow();
        ProbeSeen.Step[] steps = probe.steps().stream().map(step -> new ProbeSeen.Step(step.name(), "refused", 0xC000009AL, 0))
                .toArray(ProbeSeen.Step[]::new);
        String id = KEPT.id() + "/osr-nonpaged";
        Cell strict = Cell.named(id).orElseThrow();
        Cell other = Cell.named(id + "/cache-conflict:refused").orElseThrow();

        assertThat(judge(strict, Observations.kept().withProbe(probe.name(), steps.length, steps)).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(judge(other, Observations.kept().withProbe(probe.name(), steps.length, steps)).outcome()).isEqualTo(Outcome.PASS);
        assertVerdict(other, Observations.kept().withProbe("osr-growable", 0), Outcome.FAIL,
                "the driver ran the probe osr-growable, not osr-nonpaged");
    }

    @Test
    void thePromisedBugCheckPasses() {
        assertVerdict(BUG_CHECK, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100), Outcome.PASS,
                "16 of 16 pages intact at 0x100000, bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100)");
    }

    @Test
    void whatBecomesOfABlockThatNobodyPromisedIsOnlyObserved() {
        assertVerdict(OPEN, Observations.kept().withHost(0).withNothingLocated(), Outcome.OBSERVED,
                "0 of 16 pages intact at 0x100000, the driver did not find the block, quiet");
    }

    @Test
    void aDamagedPageIsNamedWithItsAddressAndByte() {
        assertVerdict(KEPT, Observations.kept().withHost(15, DAMAGE).withDriver(15, DAMAGE), Outcome.FAIL,
                "the driver sees 15 of 16 pages intact, expected 16; "
                        + "page 1 of 16 at 0x101000 differs at offset 4095: expected 0x5A, seen 0x5B; "
                        + "the host sees 15 of 16 pages intact, expected 16");
    }

    @Test
    void oraclesThatDisagreeAreAFindingOfTheirOwnEvenWhereNothingIsPromised() {
        String words = "the oracles disagree: the driver says 16 of 16 pages are intact, the host sees 15 of 16";

        assertThat(judge(KEPT, Observations.kept().withHost(15, DAMAGE)).reason()).startsWith(words);
        assertVerdict(OPEN, Observations.kept().withHost(15, DAMAGE), Outcome.FAIL, words);
    }

    @Test
    void oraclesThatCountAlikeButReadDifferentBytesDisagree() {
        assertVerdict(KEPT, Observations.kept().withDriverCrc("00000000"), Outcome.FAIL,
                "the oracles disagree: the driver read bytes with the checksum 00000000, the host with 12345678");
    }

    @Test
    void aBugCheckThatNobodyPromisedFails() {
        assertVerdict(KEPT, Observations.bugCheck(0xD1, 1, 2, 3, 4), Outcome.FAIL, "bug check 0xD1 (0x1, 0x2, 0x3, 0x4), expected none");
    }

    @Test
    void aPromisedBugCheckThatDoesNotComeFails() {
        assertVerdict(BUG_CHECK, Observations.kept(), Outcome.FAIL, "no bug check (mapped), expected bug check 0xC4 (0x83, "
                + "the block's address, the block's length in bytes, the block's first page frame number)");
    }

    @Test
    void aBugCheckWithAnotherCodeOrParameterFailsAndSaysWhich() {
        assertThat(judge(BUG_CHECK, Observations.bugCheck(0x1A, 0x1233, 0x100, 0, 0)).reason())
                .startsWith("bug check 0x1A (0x1233, 0x100, 0x0, 0x0), expected bug check 0xC4 (0x83");
        assertVerdict(BUG_CHECK, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x1000, 0x100), Outcome.FAIL,
                "bug check 0xC4 (0x83, 0x100000, 0x1000, 0x100): parameter 3 is 0x1000, expected 0x10000");
    }

    @Test
    void aDriverThatSawAnotherBugCheckThanTheGuestContradictsIt() {
        Observations observed = Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100);

        assertThat(judge(BUG_CHECK, observed.withBugCheckInside(0xC4, 0x83, 0x100000, 0x10000, 0x100)).outcome()).isEqualTo(Outcome.PASS);
        assertVerdict(BUG_CHECK, observed.withBugCheckInside(0xC4, 0x83, 0x100000, 0x10000, 0x101), Outcome.FAIL,
                "the driver saw bug check 0xC4 (0x83, 0x100000, 0x10000, 0x101) from inside, "
                        + "the guest reported 0xC4 (0x83, 0x100000, 0x10000, 0x100)");
    }

    @Test
    void aBlockLostInAPromisedBugCheckFails() {
        assertVerdict(BUG_CHECK, Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100).withHost(15, DAMAGE), Outcome.FAIL,
                "the host sees 15 of 16 pages intact, expected 16; "
                        + "page 1 of 16 at 0x101000 differs at offset 4095: expected 0x5A, seen 0x5B");
    }

    @Test
    void aMappingThatIsRefusedFailsWithTheRoutineAndTheStatus() {
        assertVerdict(KEPT, Observations.kept().withMapping(0xC00000EFL, "MmAllocateMdlForIoSpace"), Outcome.FAIL,
                "MmAllocateMdlForIoSpace returned 0xC00000EF (STATUS_INVALID_PARAMETER_1), expected a mapping");
    }

    @Test
    void aRoutineThatTheKernelDoesNotHaveIsAnObservationAndTheBlockMustSurviveAllTheSame() {
        Observations unavailable = Observations.kept().withMapping(0xC000007AL, "MmMapIoSpaceEx");

        assertVerdict(KEPT, unavailable, Outcome.OBSERVED, "16 of 16 pages intact at 0x100000, this kernel has no MmMapIoSpaceEx, quiet");
        assertThat(judge(BUG_CHECK, unavailable).outcome()).isEqualTo(Outcome.OBSERVED);
        assertThat(judge(KEPT, unavailable.withUnloaded(false)).reason()).isEqualTo("the driver was not unloaded");
        assertThat(judge(KEPT, Observations.kept().withMapping(0xC000007AL, "MmMapIoSpaceEx").withHost(15, DAMAGE)).reason())
                .startsWith("the host sees 15 of 16 pages intact, expected 16");
        assertVerdict(KEPT, Observations.kept().withNothingLocated(0xC000007AL, "ExGetFirmwareEnvironmentVariable"), Outcome.OBSERVED,
                "16 of 16 pages intact at 0x100000, this kernel has no ExGetFirmwareEnvironmentVariable, quiet");
        assertThat(judge(KEPT, Observations.kept().withNothingLocated(0xC0000225L, "header")).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aPromisedRefusalPassesOnlyWithItsStatus() {
        Promise promise = new Promise.Refused(0xC00000EFL, true, "a test");
        Observation refused = Observations.kept().withMapping(0xC00000EFL, "MmAllocateMdlForIoSpace").observation();

        assertThat(Verdicts.judge(KEPT, promise, refused).outcome()).isEqualTo(Outcome.PASS);
        assertThat(Verdicts.judge(KEPT, promise, Observations.kept().observation()).reason())
                .isEqualTo("mapped, expected the refusal 0xC00000EF (STATUS_INVALID_PARAMETER_1)");
    }

    @Test
    void aVerifierRuleThatFiresDisturbsTheQuiet() {
        assertThat(judge(KEPT, Observations.kept().withViolation(new BugCheckSeen(0xC4, List.of(0xB8L, 1L, 2L, 3L), "rule"))).reason())
                .isEqualTo("Verifier violation 0xC4 (0xB8, 0x1, 0x2, 0x3), expected none");
    }

    @Test
    void aDriverThatTheGuestRefusesFailsWithTheStatusAndNothingElse() {
        assertVerdict(KEPT, Observations.kept().withRefusedSignature(0xC0000428L), Outcome.FAIL,
                "the guest refused the driver's signature: 0xC0000428 (STATUS_INVALID_IMAGE_HASH)");
    }

    @Test
    void aGuestThatCannotGoOnFailsEvenWhereNothingIsPromised() {
        assertVerdict(OPEN, Observations.kept().withFailure("the guest could not go on: no-kernel"), Outcome.FAIL,
                "the guest could not go on: no-kernel");
    }

    @Test
    void aReservationThatMustBeRefusedPassesOnlyWithThatStatus() {
        Promise promise = new Promise.Refused(0x8000000000000002L, false, "a test");
        Observation refused = Observations.kept().withReservationRefused(0x8000000000000002L).observation();
        Observation taken = Observations.kept().withReservationRefused(0x800000000000000EL).observation();

        assertThat(Verdicts.judge(KEPT, promise, refused).outcome()).isEqualTo(Outcome.PASS);
        assertThat(Verdicts.judge(KEPT, promise, taken).reason()).contains("the firmware refused the reservation: "
                + "0x800000000000000E (EFI_NOT_FOUND), expected 0x8000000000000002 (EFI_INVALID_PARAMETER)");
        assertThat(Verdicts.judge(KEPT, promise, Observations.kept().observation()).reason())
                .contains("AllocatePages gave 0x").contains("expected the refusal 0x8000000000000002 (EFI_INVALID_PARAMETER)");
    }

    @Test
    void aReservationThatTheFirmwareRefusesBreaksAPromiseAndAnswersAnOpenQuestion() {
        Observations refused = Observations.kept().withReservationRefused(0x800000000000000EL);

        assertVerdict(KEPT, refused, Outcome.FAIL, "the firmware refused the reservation: 0x800000000000000E (EFI_NOT_FOUND)");
        assertThat(judge(OPEN, refused).outcome()).isEqualTo(Outcome.OBSERVED);
    }

    @Test
    void aBlockOutsideItsPlacementFails() {
        assertThat(judge(KEPT, Observations.kept().withBlockAt(0x5000)).reason())
                .isEqualTo("the block lies at 0x5000, which the placement first-free does not allow");
    }

    @Test
    void aBootThatDidNotProveItsEndFailsEvenWhereNothingIsPromised() {
        BootEnd silent = new BootEnd(BootEnd.Kind.SILENT, "no frame for 30 s; the last frame was guest.start");

        assertThat(judge(KEPT, Observations.kept().withEnd(silent)).reason()).isEqualTo(silent.words());
        assertVerdict(OPEN, Observations.kept().withEnd(silent), Outcome.FAIL, silent.words());
    }

    @Test
    void whatIsWrongWithTheTranscriptFailsEvenAPromiseThatSeemsKept() {
        assertVerdict(KEPT, Observations.kept().withProblem("frame 3 of source guest was repeated (guest.driver)"), Outcome.FAIL,
                "frame 3 of source guest was repeated (guest.driver)");
    }

    @Test
    void aDriverThatIsNotUnloadedFails() {
        assertVerdict(KEPT, Observations.kept().withUnloaded(false), Outcome.FAIL, "the driver was not unloaded");
    }

    private static Verdict judge(Cell cell, Observations observed) {
        return Verdicts.judge(cell, PromiseTable.of(cell), observed.observation());
    }

    private static void assertVerdict(Cell cell, Observations observed, Outcome outcome, String reason) {
        assertThat(judge(cell, observed)).isEqualTo(new Verdict(outcome, reason));
    }
}
