// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Codes;
import dev.holdfast.plan.GuestKind;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Kernel;
import dev.holdfast.plan.Reboot;
import dev.holdfast.run.BootEnd;
import dev.holdfast.run.BugCheckSeen;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.DriverCheck;
import dev.holdfast.run.KernelSeen;
import dev.holdfast.run.Observation;
import dev.holdfast.run.Seen;
import dev.holdfast.wire.BlockCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * What a boot should have come to. A boot that was not seen to its end proves nothing, so it fails whatever is asked of it. Each message
 * is a sentence that says what was expected and what was seen, with the command that shows it again.
 */
public final class BootAssert extends AbstractAssert<BootAssert, BootSession> {

    private static final int MAX_DAMAGES = 3;
    private static final int MAX_COMPLAINTS = 3;

    BootAssert(BootSession boot) {
        super(boot, BootAssert.class);
    }

    /** Every byte of the block is as it was written: the host sees it so, and so do the driver, and the UEFI application after a reset, as far
     * as they looked. */
    public BootAssert blockSurvived() {
        Observation seen = seen("the block survived");
        BlockCheck host = host(seen, "the block survived");
        if (!host.whole()) {
            fail("the block survived", "the host sees " + damages(host.intact(), host.pages(), host.damages()));
        }
        Optional<DriverCheck> driver = seen.driver().filter(check -> check.intact() != check.pages());
        driver.ifPresent(check -> fail("the block survived", "the driver sees " + damages(check.intact(), check.pages(), check.damages())));
        seen.kernel().afterReset().filter(check -> check.intact() != check.pages()).ifPresent(check -> fail("the block survived",
                "the UEFI application that ran again sees " + damages(check.intact(), check.pages(), check.damages())));
        return this;
    }

    /** The host sees that some of the block is not as it was written. */
    public BootAssert blockWasLost() {
        BlockCheck host = host(seen("the block was lost"), "the block was lost");
        if (host.whole()) {
            fail("the block was lost", "all " + host.pages() + " pages are intact");
        }
        return this;
    }

    /** The firmware refused the reservation with this EFI_STATUS. */
    public BootAssert reservationWasRefused(long status) {
        String expected = "the firmware refused the reservation with " + Codes.inWords(Codes.Space.EFI_STATUS, status);
        long seen = seen(expected).reserveStatus().orElse(0L);
        if (seen != status) {
            fail(expected, seen == 0 ? "it was granted" : "it refused with " + Codes.inWords(Codes.Space.EFI_STATUS, seen));
        }
        return this;
    }

    /** The driver found the block and mapped it. */
    public BootAssert driverMappedTheBlock() {
        String expected = "the driver mapped the block";
        Observation seen = looking(expected);
        if (seen.locatedAt().isEmpty() || !seen.mapStatus().equals(Optional.of(0L))) {
            fail(expected, mapping(seen));
        }
        return this;
    }

    /** The mapping was refused with this status: an NTSTATUS, or on Linux an errno, above 0. */
    public BootAssert mappingWasRefused(long status) {
        String expected = "the mapping was refused with " + Codes.inWords(statuses(), status);
        Observation seen = looking(expected);
        if (!seen.mapStatus().equals(Optional.of(status))) {
            fail(expected, mapping(seen));
        }
        return this;
    }

    /** The mapping was refused with the status of this name, such as {@code STATUS_INVALID_PARAMETER_1}, or on Linux {@code ENOMEM}. */
    public BootAssert mappingWasRefused(String name) {
        isNotNull();
        return mappingWasRefused(Codes.named(name).stream().filter(code -> code.space() == statuses()).findFirst().orElseThrow(
                () -> new IllegalArgumentException("there is no status '" + name + "' of the guest " + guest().label()
                        + "'s kernel here; give its number")).number());
    }

    /** Driver Verifier was on and had nothing to say, and no bug check came. */
    public BootAssert verifierStayedQuiet() {
        String expected = "Driver Verifier stayed quiet";
        Observation seen = running(expected);
        ofNt(expected, "has no Driver Verifier; ask whether its kernel stayed quiet");
        if (!actual.result().cell().verifier().on()) {
            fail(expected, "it was off, so that its silence proves nothing; boot with verifier = \"on\"");
        }
        noBugCheck(seen, expected);
        seen.violations().stream().findFirst().ifPresent(rule -> fail(expected, "it complained of " + named(rule)));
        return this;
    }

    /** The system stopped with this bug check; {@code parameters} are its first ones, none to four. */
    public BootAssert bugChecked(long code, long... parameters) {
        if (parameters.length > 4) {
            throw new IllegalArgumentException("a bug check has four parameters, not " + parameters.length);
        }
        String expected = "the system stopped with bug check " + Hex.of(code) + Arrays.stream(parameters).mapToObj(Hex::of)
                .collect(Collectors.joining(", ", parameters.length == 0 ? "" : " (", parameters.length == 0 ? "" : ")"));
        Observation seen = running(expected);
        ofNt(expected, "has no bug checks; a kernel that panics comes to no end that proves anything");
        if (seen.bugCheck().isEmpty()) {
            fail(expected, "it did not stop: " + mapping(seen));
        }
        BugCheckSeen stop = seen.bugCheck().orElseThrow();
        List<Long> first = stop.parameters().subList(0, parameters.length);
        if (stop.code() != code || !first.equals(Arrays.stream(parameters).boxed().toList())) {
            fail(expected, "it stopped with " + named(stop));
        }
        return this;
    }

    /** The kernel's log holds nothing that a quiet kernel's does not: no warning, no oops, no taint. For guests that nobody here wrote. */
    public BootAssert kernelStayedQuiet() {
        String expected = "the kernel stayed quiet";
        List<KernelSeen.Complaint> complaints = complaints(expected);
        if (!complaints.isEmpty()) {
            fail(expected, quoted(complaints));
        }
        return this;
    }

    /** The kernel's log holds a complaint with these words, such as {@code ioremap on RAM}. For guests that nobody here wrote. */
    public BootAssert kernelComplained(String words) {
        String expected = "the kernel complained with the words \"" + words + "\"";
        List<KernelSeen.Complaint> complaints = complaints(expected);
        if (complaints.stream().noneMatch(complaint -> complaint.text().contains(words))) {
            fail(expected, complaints.isEmpty() ? "it stayed quiet: " + mapping(actual.observed()) : quoted(complaints));
        }
        return this;
    }

    /** The system did not stop with a bug check. */
    public BootAssert didNotBugCheck() {
        noBugCheck(running("the system went on"), "the system went on");
        return this;
    }

    /** The driver's DriverEntry returned success, and its unload routine came back. */
    public BootAssert driverWasUnloaded() {
        String expected = "the driver was loaded and unloaded";
        Observation seen = running(expected);
        ofNt(expected, "does not say what becomes of its module");
        noBugCheck(seen, expected);
        long entry = seen.entryStatus().orElse(-1L);
        if (entry != 0) {
            fail(expected, "DriverEntry returned " + Codes.inWords(Codes.Space.NTSTATUS, entry));
        }
        if (!seen.unloaded()) {
            fail(expected, "it stayed, for it has no unload routine or never came back from it");
        }
        return this;
    }

    /** What was promised of the cell, by its matrix or by the specifications, was kept; of an open promise nothing can be broken. */
    public BootAssert isAsPromised() {
        isNotNull();
        CellResult result = actual.result();
        if (result.failed()) {
            fail("the promise of " + result.cell().id() + " was kept (" + result.promise().kind() + ": " + result.promise().source() + ")",
                    result.verdict().reason());
        }
        return this;
    }

    /** The first serial port has said this by now. */
    public BootAssert saidOnItsConsole(String words) {
        isNotNull();
        if (!actual.console().text().contains(words)) {
            fail("the console said \"" + words + "\"", "in " + actual.console().text().length() + " characters it did not");
        }
        return this;
    }

    private Observation seen(String expected) {
        isNotNull();
        Observation seen = actual.observed();
        if (!seen.end().proven()) {
            fail(expected, "the boot came to no end that proves it: " + seen.end().words() + fault(seen.end().kind()));
        }
        if (!seen.problems().isEmpty()) {
            fail(expected, "the record of the boot cannot be trusted: " + String.join("; ", seen.problems()));
        }
        return seen;
    }

    private static String fault(BootEnd.Kind kind) {
        return kind == BootEnd.Kind.MACHINE_GONE ? "" : "; the guest is at fault, not this computer";
    }

    /** Of what a driver did there is something to say where one ran. */
    private Observation running(String expected) {
        Observation seen = seen(expected);
        seen.reserveStatus().filter(status -> status != 0).ifPresent(status -> fail(expected,
                "the firmware refused the reservation, so that no driver ran: " + Codes.inWords(Codes.Space.EFI_STATUS, status)));
        seen.signatureStatus().filter(status -> status != 0).ifPresent(status -> fail(expected,
                "the guest refused the driver's signature: " + Codes.inWords(Codes.Space.NTSTATUS, status)));
        seen.failure().ifPresent(why -> fail(expected, why));
        return seen;
    }

    /** Of a mapping there is something to say where the driver told of one. */
    private Observation looking(String expected) {
        Observation seen = running(expected);
        noBugCheck(seen, expected);
        Seen.silence(seen).ifPresent(silence -> fail(expected, silence));
        return seen;
    }

    private List<KernelSeen.Complaint> complaints(String expected) {
        Observation seen = running(expected);
        if (guest().model()) {
            fail(expected, "the guest " + guest().label() + " is a model without a kernel's log; ask whether Driver Verifier stayed quiet");
        }
        return seen.kernel().complaints();
    }

    private static String quoted(List<KernelSeen.Complaint> complaints) {
        return complaints.stream().limit(MAX_COMPLAINTS).map(Seen::complaint).collect(Collectors.joining("; "))
                + (complaints.size() > MAX_COMPLAINTS ? "; and " + (complaints.size() - MAX_COMPLAINTS) + " more" : "");
    }

    /** @param lack what a guest of another kernel does not have */
    private void ofNt(String expected, String lack) {
        if (guest().kernel() != Kernel.NT) {
            fail(expected, "the guest " + guest().label() + " " + lack);
        }
    }

    private String mapping(Observation seen) {
        Cell cell = actual.result().cell();
        return cell.trial().reboot() == Reboot.RESET && seen.mapStatus().isEmpty() ? "it reset the machine, and no driver mapped anything"
                : Seen.mapping(cell, seen);
    }

    private GuestKind guest() {
        return actual.result().cell().guest();
    }

    private Codes.Space statuses() {
        return guest().kernel().statuses();
    }

    private BlockCheck host(Observation seen, String expected) {
        if (seen.host().isEmpty()) {
            fail(expected, "there was none: " + seen.reserveStatus().filter(status -> status != 0)
                    .map(status -> "the firmware refused the reservation: " + Codes.inWords(Codes.Space.EFI_STATUS, status))
                    .or(seen::failure).orElse("nobody reserved one"));
        }
        return seen.host().orElseThrow();
    }

    private void noBugCheck(Observation seen, String expected) {
        seen.bugCheck().ifPresent(stop -> fail(expected, "the system stopped with " + named(stop)));
    }

    private static String named(BugCheckSeen stop) {
        return "bug check " + stop.words() + (stop.text().isEmpty() ? "" : ", " + stop.text());
    }

    private static String damages(long intact, long pages, List<BlockCheck.Damage> damages) {
        return intact + " of " + pages + " pages intact" + damages.stream().limit(MAX_DAMAGES).map(damage -> "; " + damage.words(pages))
                .collect(Collectors.joining());
    }

    private void fail(String expected, String seen) {
        throw failure("expected that %s, but %s%n  kept in: %s%n  again: %s", expected, seen, Replay.shown(actual.folder()), actual.again());
    }
}
