// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import static dev.holdfast.junit.BootAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.plan.Cell;
import dev.holdfast.run.BootEnd;
import dev.holdfast.run.DriverCheck;
import dev.holdfast.run.KernelSeen;
import dev.holdfast.run.Observations;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be asked of a kernel that nobody here wrote, and what it has no answer to. */
class LinuxAssertTest {

    private static final String RESERVED = "linux/EfiReservedMemoryType@first-free/scan/memremap.cached/no-verifier";
    private static final String RAM = "linux/EfiLoaderData@first-free/scan/ioremap.noncached/no-verifier";
    private static final String CONTRACT = "contract/EfiReservedMemoryType@first-free/scan/MmMapIoSpace.cached/verifier";
    private static final KernelSeen.Complaint ON_RAM =
            new KernelSeen.Complaint("ioremap-ram", "ioremap on RAM at 0x0000000000100000", "ioremap.noncached");

    @TempDir
    private Path folder;

    @Test
    void aKernelThatHeldItsPeaceStayedQuiet() {
        assertThat(session(RESERVED, quiet())).driverMappedTheBlock().blockSurvived().kernelStayedQuiet().didNotBugCheck().isAsPromised();
        fails(RESERVED, quiet(), boot -> assertThat(boot).kernelComplained("ioremap on RAM"),
                "expected that the kernel complained with the words \"ioremap on RAM\", but it stayed quiet: mapped");
    }

    @Test
    void aKernelThatComplainsIsQuotedInItsOwnWords() {
        assertThat(session(RAM, refused(1))).kernelComplained("ioremap on RAM").mappingWasRefused(12).mappingWasRefused("ENOMEM");
        fails(RAM, refused(1), boot -> assertThat(boot).kernelStayedQuiet(), "expected that the kernel stayed quiet, but the kernel complained "
                + "during ioremap.noncached: \"ioremap on RAM at 0x0000000000100000\"");
        fails(RAM, refused(1), boot -> assertThat(boot).kernelComplained("BUG:"), "expected that the kernel complained with the words "
                + "\"BUG:\", but the kernel complained during ioremap.noncached: \"ioremap on RAM at 0x0000000000100000\"");
        assertThatThrownBy(() -> assertThat(session(RAM, refused(7))).kernelStayedQuiet())
                .hasMessageContaining("; and 4 more").hasMessageMatching("(?s)(.*ioremap on RAM){3}(?!.*ioremap on RAM).*");
    }

    @Test
    void aRefusalIsAnErrno() {
        fails(RAM, refused(0), boot -> assertThat(boot).mappingWasRefused("EBUSY"), "expected that the mapping was refused with 0x10 (EBUSY), "
                + "but the driver did not find the block, ioremap returned 0xC (ENOMEM)");
        assertThatThrownBy(() -> assertThat(session(RAM, refused(0))).mappingWasRefused("STATUS_NOT_FOUND"))
                .hasMessage("there is no status 'STATUS_NOT_FOUND' of the guest linux's kernel here; give its number");
        assertThat(session(CONTRACT, Observations.kept().withMapping(0xC00000EFL, "MmMapIoSpace")))
                .mappingWasRefused("STATUS_INVALID_PARAMETER_1");
    }

    @Test
    void memoryThatIsMappedAndHoldsNoBlockIsNoBlockThatIsMapped() {
        Observations mapped = Observations.kept().withNothingLocated(2, "scan").withMapping(0, "memremap").withKernel(complaining(0));
        fails(RESERVED, mapped, boot -> assertThat(boot).driverMappedTheBlock(),
                "expected that the driver mapped the block, but the driver did not find the block, mapped");
    }

    @Test
    void whatOnlyWindowsHasIsSaidToBeMissing() {
        fails(RESERVED, quiet(), boot -> assertThat(boot).verifierStayedQuiet(), "expected that Driver Verifier stayed quiet, but the guest linux "
                + "has no Driver Verifier; ask whether its kernel stayed quiet");
        fails(RESERVED, quiet(), boot -> assertThat(boot).bugChecked(0xC4), "expected that the system stopped with bug check 0xC4, but the guest "
                + "linux has no bug checks; a kernel that panics comes to no end that proves anything");
        fails(RESERVED, quiet(), boot -> assertThat(boot).driverWasUnloaded(), "expected that the driver was loaded and unloaded, but the guest "
                + "linux does not say what becomes of its module");
        fails(CONTRACT, Observations.kept(), boot -> assertThat(boot).kernelStayedQuiet(), "expected that the kernel stayed quiet, but the guest "
                + "contract is a model without a kernel's log; ask whether Driver Verifier stayed quiet");
    }

    @Test
    void aPanicProvesNothing() {
        Observations panic = quiet().withEnd(new BootEnd(BootEnd.Kind.PANICKED, "the kernel panicked: Kernel panic - not syncing"));
        fails(RESERVED, panic, boot -> assertThat(boot).kernelComplained("panic"), "expected that the kernel complained with the words \"panic\", "
                + "but the boot came to no end that proves it: the kernel panicked: Kernel panic - not syncing; the guest is at fault, not this "
                + "computer");
    }

    @Test
    void aBlockHasToSurviveAResetToo() {
        String reset = RESERVED + "/reboot-reset";
        assertThat(session(reset, Observations.kept().withKernel(afterReset(16)))).blockSurvived();
        fails(reset, Observations.kept().withKernel(afterReset(15)), boot -> assertThat(boot).blockSurvived(),
                "expected that the block survived, but the UEFI application that ran again sees 15 of 16 pages intact");
        fails(reset, Observations.kept().withNothingLocated().withKernel(afterReset(16)), boot -> assertThat(boot).driverMappedTheBlock(),
                "expected that the driver mapped the block, but it reset the machine, and no driver mapped anything");
    }

    private static Observations quiet() {
        return Observations.kept().withKernel(complaining(0));
    }

    private static Observations refused(int complaints) {
        return Observations.kept().withNothingLocated(2, "scan").withMapping(12, "ioremap").withKernel(complaining(complaints));
    }

    private static KernelSeen complaining(int times) {
        return new KernelSeen(KernelSeen.Attempt.DONE, List.of(), Collections.nCopies(times, ON_RAM), List.of(), Optional.empty(), List.of(),
                List.of());
    }

    private static KernelSeen afterReset(long intact) {
        return new KernelSeen(KernelSeen.Attempt.NOT_BEGUN, List.of(), List.of(), List.of(),
                Optional.of(new DriverCheck(16, intact, "12345678", List.of())), List.of(), List.of());
    }

    private void fails(String cell, Observations observed, Consumer<BootSession> assertion, String sentence) {
        assertThatThrownBy(() -> assertion.accept(session(cell, observed))).isInstanceOf(AssertionError.class)
                .satisfies(failure -> assertThat(failure.getMessage().lines().findFirst()).contains(sentence));
    }

    private BootSession session(String cell, Observations observed) {
        return new FakeSession(folder, Cell.named(cell).orElseThrow(), observed.observation());
    }
}
