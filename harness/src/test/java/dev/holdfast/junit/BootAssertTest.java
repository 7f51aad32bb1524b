// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static dev.holdfast.junit.BootAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.plan.Cell;
import dev.holdfast.run.BootEnd;
import dev.holdfast.run.BugCheckSeen;
import dev.holdfast.run.Observations;
import dev.holdfast.wire.BlockCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each assertion holds where it should, fails where it should, and then says so in a sentence. */
class BootAssertTest {

    private static final String CELL = "contract/EfiReservedMemoryType@first-free/scan/MmAllocateMdlForIoSpace.cached/";
    private static final BugCheckSeen UNLOCKED = new BugCheckSeen(0xC4, List.of(0x83L, 0x100000L, 0x10000L, 0x100L), "MmMapIoSpace");
    private static final BlockCheck.Damage DAMAGE = new BlockCheck.Damage(1, 0x101000, 4095, 0x7D, 0x7C);

    @TempDir
    private Path folder;

    @Test
    void aBlockThatSurvivedIsNotLost() {
        holds(Observations.kept(), boot -> assertThat(boot).blockSurvived().driverMappedTheBlock().verifierStayedQuiet()
                .didNotBugCheck().driverWasUnloaded().isAsPromised());
        fails(Observations.kept(), boot -> assertThat(boot).blockWasLost(), "expected that the block was lost, but all 16 pages are intact");
    }

    @Test
    void aBlockThatIsDamagedIsShownPageByPage() {
        holds(Observations.kept().withHost(15), boot -> assertThat(boot).blockWasLost());
        fails(Observations.kept().withHost(15, DAMAGE), boot -> assertThat(boot).blockSurvived(),
                "expected that the block survived, but the host sees 15 of 16 pages intact; page 1 of 16 at 0x101000 differs at offset 4095: "
                        + "expected 0x7D, seen 0x7C");
        fails(Observations.kept().withDriver(15, DAMAGE), boot -> assertThat(boot).blockSurvived(),
                "expected that the block survived, but the driver sees 15 of 16 pages intact; page 1 of 16 at 0x101000 differs at offset "
                        + "4095: expected 0x7D, seen 0x7C");
    }

    @Test
    void aFailureSaysWhatIsKeptAndHowToSeeItAgain() {
        assertThatThrownBy(() -> assertThat(session("verifier", Observations.kept())).blockWasLost()).isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s).*\n  kept in: .*MmAllocateMdlForIoSpace.cached_verifier\n  again: ./holdfast replay " + CELL
                        + "verifier");
    }

    @Test
    void aBootWithoutAnEndProvesNothing() {
        Observations silent = Observations.kept().withEnd(new BootEnd(BootEnd.Kind.SILENT, "no frame for 30 s; the last frame was guest.driver"));
        fails(silent, boot -> assertThat(boot).blockSurvived(), "expected that the block survived, but the boot came to no end that proves it: "
                + "no frame for 30 s; the last frame was guest.driver; the guest is at fault, not this computer");
        Observations gone = Observations.kept().withEnd(new BootEnd(BootEnd.Kind.MACHINE_GONE, "QEMU ended with status 137"));
        fails(gone, boot -> assertThat(boot).didNotBugCheck(),
                "expected that the system went on, but the boot came to no end that proves it: QEMU ended with status 137");
        fails(Observations.kept().withProblem("frame 3 of source driver was repeated"), boot -> assertThat(boot).blockSurvived(),
                "expected that the block survived, but the record of the boot cannot be trusted: frame 3 of source driver was repeated");
    }

    @Test
    void aVerifierThatWasOffProvesNothing() {
        assertThatThrownBy(() -> assertThat(session("no-verifier", Observations.kept())).verifierStayedQuiet()).hasMessageStartingWith(
                "expected that Driver Verifier stayed quiet, but it was off, so that its silence proves nothing; boot with verifier = \"on\"");
    }

    @Test
    void aVerifierThatComplainsIsQuoted() {
        fails(Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100), boot -> assertThat(boot).verifierStayedQuiet(),
                "expected that Driver Verifier stayed quiet, but the system stopped with bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100)");
        fails(Observations.kept().withViolation(UNLOCKED), boot -> assertThat(boot).verifierStayedQuiet(),
                "expected that Driver Verifier stayed quiet, but it complained of bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100), MmMapIoSpace");
    }

    @Test
    void aBugCheckIsComparedAsFarAsItIsNamed() {
        Observations stopped = Observations.bugCheck(0xC4, 0x83, 0x100000, 0x10000, 0x100);
        holds(stopped, boot -> assertThat(boot).bugChecked(0xC4).bugChecked(0xC4, 0x83).bugChecked(0xC4, 0x83, 0x100000, 0x10000, 0x100));
        fails(stopped, boot -> assertThat(boot).bugChecked(0x1A), "expected that the system stopped with bug check 0x1A, but it stopped with "
                + "bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100)");
        fails(stopped, boot -> assertThat(boot).bugChecked(0xC4, 0x81), "expected that the system stopped with bug check 0xC4 (0x81), but it "
                + "stopped with bug check 0xC4 (0x83, 0x100000, 0x10000, 0x100)");
        fails(Observations.kept(), boot -> assertThat(boot).bugChecked(0xC4, 0x83),
                "expected that the system stopped with bug check 0xC4 (0x83), but it did not stop: mapped");
        assertThatThrownBy(() -> assertThat(session("verifier", stopped)).bugChecked(0xC4, 1, 2, 3, 4, 5))
                .hasMessage("a bug check has four parameters, not 5");
    }

    @Test
    void aMappingIsMadeOrRefused() {
        Observations refused = Observations.kept().withMapping(0xC00000EFL, "MmAllocateMdlForIoSpace");
        holds(refused, boot -> assertThat(boot).mappingWasRefused(0xC00000EFL));
        fails(refused, boot -> assertThat(boot).driverMappedTheBlock(), "expected that the driver mapped the block, but "
                + "MmAllocateMdlForIoSpace returned 0xC00000EF (STATUS_INVALID_PARAMETER_1)");
        fails(Observations.kept(), boot -> assertThat(boot).mappingWasRefused(0xC00000EFL),
                "expected that the mapping was refused with 0xC00000EF (STATUS_INVALID_PARAMETER_1), but mapped");
        fails(Observations.kept().withNothingLocated(), boot -> assertThat(boot).driverMappedTheBlock(),
                "expected that the driver mapped the block, but the driver did not find the block");
    }

    @Test
    void aReservationThatWasRefusedLeavesNoBlock() {
        Observations refused = Observations.kept().withReservationRefused(0x800000000000000EL);
        holds(refused, boot -> assertThat(boot).reservationWasRefused(0x800000000000000EL));
        fails(refused, boot -> assertThat(boot).blockSurvived(), "expected that the block survived, but there was none: the firmware refused "
                + "the reservation: 0x800000000000000E (EFI_NOT_FOUND)");
        fails(refused, boot -> assertThat(boot).didNotBugCheck(), "expected that the system went on, but the firmware refused the reservation, "
                + "so that no driver ran: 0x800000000000000E (EFI_NOT_FOUND)");
        fails(Observations.kept(), boot -> assertThat(boot).reservationWasRefused(0x800000000000000EL),
                "expected that the firmware refused the reservation with 0x800000000000000E (EFI_NOT_FOUND), but it was granted");
    }

    @Test
    void aDriverThatCouldNotRunIsSaidToHaveBeenKeptFromIt() {
        fails(Observations.kept().withRefusedSignature(0xC0000428L), boot -> assertThat(boot).verifierStayedQuiet(),
                "expected that Driver Verifier stayed quiet, but the guest refused the driver's signature: 0xC0000428 "
                        + "(STATUS_INVALID_IMAGE_HASH)");
        fails(Observations.kept().withFailure("the driver imports 1 routine that the guest does not have: ntoskrnl.exe!Nt"),
                boot -> assertThat(boot).driverWasUnloaded(), "expected that the driver was loaded and unloaded, but the driver imports 1 "
                        + "routine that the guest does not have: ntoskrnl.exe!Nt");
        fails(Observations.kept().withUnloaded(false), boot -> assertThat(boot).driverWasUnloaded(), "expected that the driver was loaded and "
                + "unloaded, but it stayed, for it has no unload routine or never came back from it");
    }

    @Test
    void aPromiseThatWasBrokenIsQuotedWithItsSource() {
        assertThatThrownBy(() -> assertThat(session("verifier", Observations.kept().withHost(15))).isAsPromised())
                .hasMessageStartingWith("expected that the promise of " + CELL + "verifier was kept (kept: UEFI specification 2.10")
                .hasMessageContaining("the host sees 15 of 16 pages intact");
    }

    private void holds(Observations observed, Consumer<BootSession> assertion) {
        assertion.accept(session("verifier", observed));
    }

    private void fails(Observations observed, Consumer<BootSession> assertion, String sentence) {
        assertThatThrownBy(() -> assertion.accept(session("verifier", observed))).isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(failure.getMessage().lines().findFirst()).contains(sentence));
    }

    private BootSession session(String verifier, Observations observed) {
        return new FakeSession(folder, Cell.named(CELL + verifier).orElseThrow(), observed.observation());
    }
}
