// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Guest;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Codes;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.BlockCheck;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.PlanText;
import dev.holdfast.wire.Printable;
import dev.holdfast.wire.Transcript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads an observation out of a boot's frames. */
final class Observer {

    private static final int MAX_ENTRIES = 32;
    private static final int MAX_STEP = 64;

    private final Guest guest;
    private final Plan plan;
    private final Transcript transcript;
    private final KernelReader kernel;

    Observer(Guest guest, Plan plan, Transcript transcript) {
        this.guest = guest;
        this.plan = plan;
        this.transcript = transcript;
        this.kernel = new KernelReader(transcript, guest.complaints());
    }

    /**
     * What the boot showed of one of the cells that it served.
     *
     * @param problems what is wrong with the record of what was said
     * @param notes    what is to be known of that record, and is not wrong
     */
    Observation observe(Cell cell, BootEnd end, HostOracle.Look look, List<String> problems, List<String> notes) {
        List<String> all = new ArrayList<>(problems);
        wrongPlan("uefi.plan").ifPresent(all::add);
        wrongPlan("driver.start").ifPresent(all::add);
        wrongPlan("agent.start").ifPresent(all::add);
        look.trouble().ifPresent(all::add);
        MappingFrames mapping = MappingFrames.of(transcript, cell);
        Optional<Frame> mapped = mapping.first("mapped");
        return new Observation(end, all,
                number("uefi.reserved", "status"), number("uefi.reserved", "at"),
                failure(cell.guest().kernel().statuses()), number("guest.signature", "status"), number("guest.entry", "status"),
                transcript.first("guest.unloaded").isPresent(),
                number("driver.located", "at"), number("driver.not-located", "status"), text("driver.not-located", "step"),
                mapped.flatMap(frame -> frame.number("status")),
                Printable.excerpt(mapped.flatMap(frame -> frame.text("step")).orElse(""), MAX_STEP),
                driverCheck(mapping), look.check(), violations(),
                bugCheck("guest.bugcheck").or(() -> bugCheck("driver.bugcheck")), bugCheck("driver.bugcheck"),
                ProbeSeen.of(transcript), switches("guest.model"), switches("guest.decided"),
                cell.guest().model() ? KernelSeen.NOTHING : kernel.of(cell, mapping, notes));
    }

    private Optional<Long> number(String event, String key) {
        return transcript.first(event).flatMap(frame -> frame.number(key));
    }

    private String text(String event, String key) {
        return transcript.first(event).flatMap(frame -> frame.text(key)).map(text -> Printable.excerpt(text, MAX_STEP)).orElse("");
    }

    private Optional<BugCheckSeen> bugCheck(String event) {
        return transcript.first(event).map(BugCheckSeen::of);
    }

    private Optional<String> wrongPlan(String event) {
        String ours = PlanText.crcOf(PlanText.encode(plan));
        return transcript.first(event).map(frame -> frame.text("crc").orElse("")).filter(crc -> !crc.equals(ours))
                .map(crc -> event + " names a plan with the checksum \"" + Printable.excerpt(crc, 20) + "\", not this run's " + ours);
    }

    private Optional<String> failure(Codes.Space statuses) {
        Optional<String> uefi = transcript.first("uefi.failed")
                .map(frame -> "the UEFI application failed: " + reason(frame, Codes.Space.EFI_STATUS));
        return uefi.or(this::missingImports).or(() -> transcript.first("guest.fatal")
                .map(frame -> guest.fatal(frame.text("reason").orElse(""))
                        .map(sentence -> sentence + details(frame, statuses))
                        .orElseGet(() -> "the guest could not go on: " + reason(frame, statuses))));
    }

    /** A loader that stopped at the first would have its driver's author come back for each. */
    private Optional<String> missingImports() {
        List<String> missing = bounded("guest.fatal").filter(frame -> frame.text("reason").equals(Optional.of("unknown-import")))
                .map(frame -> Printable.excerpt(frame.text("detail").orElse("?"), 120)).toList();
        return missing.isEmpty() ? Optional.empty()
                : Optional.of("the driver imports " + (missing.size() == MAX_ENTRIES ? "at least " : "") + missing.size() + (missing.size() == 1 ? " routine" : " routines")
                        + " that the guest does not have: " + String.join(", ", missing));
    }

    private static String reason(Frame frame, Codes.Space space) {
        return Printable.excerpt(frame.text("reason").orElse("no reason given"), 40) + details(frame, space);
    }

    private static String details(Frame frame, Codes.Space space) {
        StringBuilder words = new StringBuilder();
        frame.number("status").ifPresent(status -> words.append(", ").append(Codes.inWords(space, status)));
        frame.text("detail").ifPresent(detail -> words.append(", ").append(Printable.excerpt(detail, 120)));
        return words.toString();
    }

    private Optional<DriverCheck> driverCheck(MappingFrames mapping) {
        return mapping.first("checked").map(frame -> new DriverCheck(
                frame.number("pages").orElse(0L), frame.number("intact").orElse(0L),
                Printable.excerpt(frame.text("crc").orElse(""), 20), driverDamages(mapping)));
    }

    private List<BlockCheck.Damage> driverDamages(MappingFrames mapping) {
        long base = number("driver.located", "at").orElse(0L);
        return mapping.all("damaged").limit(MAX_ENTRIES).map(frame -> new BlockCheck.Damage(
                frame.number("page").orElse(0L), base + frame.number("page").orElse(0L) * Block.PAGE_BYTES,
                frame.number("offset").orElse(0L).intValue(), frame.number("expected").orElse(0L).intValue(),
                frame.number("seen").orElse(0L).intValue())).toList();
    }

    /** Rules with a number; what a kernel complains of in words is what it {@linkplain KernelSeen said}. */
    private List<BugCheckSeen> violations() {
        return guest.complaints().stream().flatMap(this::bounded).filter(frame -> frame.text("code").isPresent())
                .map(BugCheckSeen::of).toList();
    }

    private Map<String, String> switches(String event) {
        Map<String, String> switches = new LinkedHashMap<>();
        bounded(event).forEach(frame -> switches.put(
                Printable.excerpt(frame.text("name").orElse(""), 64), Printable.excerpt(frame.text("value").orElse(""), 64)));
        return switches;
    }

    private Stream<Frame> bounded(String event) {
        return transcript.all(event).limit(MAX_ENTRIES);
    }
}
