// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Ending;
import dev.holdfast.guest.Guest;
import dev.holdfast.machine.BootScript;
import dev.holdfast.machine.Device;
import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.MachineShape;
import dev.holdfast.plan.Promise;
import dev.holdfast.plan.Reboot;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.GuestOptions;
import dev.holdfast.wire.Nonce;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.PlanText;
import dev.holdfast.wire.Printable;
import dev.holdfast.wire.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Takes the cells that share a boot from plan to verdict. Safe for use by several threads. */
public final class CellRunner {

    private static final int ACKNOWLEDGEMENT = 'A';
    /** The last frames after which the UEFI application powers the machine off. */
    private static final Set<String> OF_FIRMWARE = Set.of("uefi.end", "again.end");
    /** While the harness sleeps, a guest that has ended spins. */
    static final Duration POLL = Duration.ofMillis(2);
    /** The firmware's console is a few kilobytes; QEMU writes it to the disk without asking. */
    private static final long MAX_CONSOLE_BYTES = 64 * 1024 * 1024;

    private final Guest guest;
    private final Function<MachineShape, Boot> boots;
    private final Deadlines deadlines;
    private final Path cells;
    private final boolean screenshots;
    private final KeptDisks disks;

    /**
     * @param boots       how a machine of a shape is brought up
     * @param cells       the folder that holds what is kept of each cell; what several of them share is kept beside it
     * @param screenshots whether the machines have a display to take a picture of
     */
    public CellRunner(Guest guest, Function<MachineShape, Boot> boots, Deadlines deadlines, Path cells, boolean screenshots) {
        this.guest = guest;
        this.boots = boots;
        this.deadlines = deadlines;
        this.cells = cells;
        this.screenshots = screenshots;
        this.disks = new KeptDisks(cells.toAbsolutePath().normalize().getParent());
    }

    /**
     * Boots once.
     *
     * @param batch    the cells that the boot serves; what is kept of it is kept for each of them
     * @param promises what is promised of a cell
     * @return a result for each cell, in their order
     */
    public List<CellResult> run(Batch batch, Function<Cell, Promise> promises) {
        try (CellBoot started = start(batch, promises)) {
            return started.finishAll();
        }
    }

    /**
     * Boots a cell once, alone.
     *
     * @param promise what is promised of it
     */
    public CellResult run(Cell cell, Promise promise) {
        return run(Batch.alone(cell), any -> promise).get(0);
    }

    /**
     * Starts a cell's machine and leaves it to run; whoever asks for it has to close it.
     *
     * @param promise what is promised of the cell
     */
    public CellBoot start(Cell cell, Promise promise) {
        return start(Batch.alone(cell), any -> promise);
    }

    private CellBoot start(Batch batch, Function<Cell, Promise> promises) {
        Cell first = batch.first();
        Boot usual = boots.apply(first.machine());
        Boot boot = first.trial().reboot() == Reboot.RESET ? usual.restarting() : usual;
        Plan plan = new Plan(first, Nonce.fresh(), guest.program(), optionsOf(batch));
        CellFolder folder = new CellFolder(cells, first.id());
        folder.keepPlan(PlanText.encode(plan));
        Optional<Path> port = guest.devices().contains(Device.VIRTIO_PORT) ? Optional.of(folder.portLog()) : Optional.empty();
        Machine machine = boot.start(folder.plan(), folder.console(), folder.channelLog());
        CellBoot started = new CellBoot(this, batch, promises, plan, boot, folder,
                new Conversation(plan.nonce(), boot.said(), folder.channelLog(), port), machine);
        try {
            boot.fromReset().ifPresent(shape -> folder.keepScript(script(first, shape, machine, folder)));
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private GuestOptions optionsOf(Batch batch) {
        GuestOptions options = GuestOptions.of(batch.first()).withBatch(batch.single() ? List.of() : batch.mappings());
        return guest.task().map(options::withTask).orElse(options);
    }

    List<CellResult> judge(CellBoot started, BootEnd lastWords) {
        Machine machine = started.machine();
        Conversation conversation = started.conversation();
        HostOracle.Look look = lookFromOutside(machine, started.boot(), started.plan(), conversation.transcript(), started.folder());
        BootEnd end = lastWords.proven() ? dismiss(machine, conversation) : lastWords;
        if (started.boot().said().length > 0) {
            started.folder().keepBefore(started.boot().said());
        }
        return new Booted(started.plan(), started.boot().kind(), end, look, conversation.transcript(), conversation.problems(end.proven()),
                conversation.notes(), started.folder(), started.millis(), machine.commandLine())
                .judge(guest, started.batch(), started.promises());
    }

    /** Waits until an event or the end of the boot has come. */
    void awaitEvent(CellBoot started, String event) {
        try {
            waiting(deadlines.boot()).until(() -> started.transcript().first(event).isPresent() || !started.machine().alive()
                    || started.machine().panicked()
                    || started.conversation().lastWords().isPresent() || flooded(started.conversation(), started.folder())
                    || started.conversation().silence().compareTo(deadlines.silence()) > 0);
        } catch (ConditionTimeoutException e) {
            // Whether the boot has come to its end is asked for elsewhere, and answered in words.
            return;
        }
    }

    private String script(Cell cell, MachineSpec shape, Machine machine, CellFolder folder) {
        Path here = folder.path().toAbsolutePath().normalize();
        List<Path> kept = shape.disks().stream().map(disk -> here.relativize(disks.keep(disk.image()))).toList();
        return new BootScript(shape, PlanText.FW_CFG_NAME, folder.plan().getFileName(), kept).text(cell.id(), machine.commandLine());
    }

    BootEnd awaitLastWords(Machine machine, Conversation conversation, CellFolder folder) {
        try {
            waiting(deadlines.boot())
                    .failFast("the machine has gone", () -> !machine.alive())
                    .until(() -> conversation.listen() || machine.panicked() || flooded(conversation, folder)
                            || conversation.silence().compareTo(deadlines.silence()) > 0);
        } catch (TerminalFailureException e) {
            // What the machine had said before it went decides, below.
        } catch (ConditionTimeoutException e) {
            return new BootEnd(BootEnd.Kind.OUT_OF_TIME, "no end within " + deadlines.boot().toSeconds() + " s" + lastSaid(conversation));
        }
        if (conversation.listen()) {
            return new BootEnd(BootEnd.Kind.PROVEN, "");
        }
        Optional<String> panic = guest.logs() ? KernelLog.panic(folder.console()) : Optional.empty();
        if (machine.panicked() || panic.isPresent()) {
            return new BootEnd(BootEnd.Kind.PANICKED, "the kernel panicked" + panic.map(line -> ": " + line).orElse("")
                    + lastSaid(conversation));
        }
        if (flooded(conversation, folder)) {
            return new BootEnd(BootEnd.Kind.FLOODED, "the guest said more than a boot may say" + lastSaid(conversation));
        }
        if (!machine.alive()) {
            return gone(machine, conversation);
        }
        return new BootEnd(BootEnd.Kind.SILENT,
                "no frame for " + deadlines.silence().toSeconds() + " s" + lastSaid(conversation));
    }

    private static boolean flooded(Conversation conversation, CellFolder folder) {
        try {
            return conversation.flooded() || Files.size(folder.console()) > MAX_CONSOLE_BYTES;
        } catch (IOException e) {
            // There is no console log before QEMU has opened it.
            return false;
        }
    }

    private static BootEnd gone(Machine machine, Conversation conversation) {
        StringBuilder words = new StringBuilder("QEMU ended with status ").append(machine.exitStatus().orElse(-1))
                .append(" before the guest's last frame");
        String complaint = Printable.excerpt(machine.lastWords(), 160);
        if (!complaint.isEmpty()) {
            words.append(" (").append(complaint).append(')');
        }
        String cut = conversation.finish();
        if (!cut.isEmpty()) {
            words.append("; ").append(cut);
        }
        return new BootEnd(BootEnd.Kind.MACHINE_GONE, words.append(lastSaid(conversation)).toString());
    }

    private static String lastSaid(Conversation conversation) {
        var frames = conversation.transcript().frames();
        return frames.isEmpty() ? "; no frame came at all"
                : "; the last frame was " + Printable.excerpt(frames.get(frames.size() - 1).event(), 40);
    }

    private HostOracle.Look lookFromOutside(Machine machine, Boot boot, Plan plan, Transcript transcript, CellFolder folder) {
        if (!machine.alive()) {
            return HostOracle.Look.nothing();
        }
        try {
            machine.pause();
            HostOracle.Look look = new HostOracle(boot::isRam).look(machine, plan, transcript, folder);
            if (screenshots) {
                keepScreenshot(machine, folder);
            }
            machine.resume();
            return look;
        } catch (MachineFault e) {
            return HostOracle.Look.trouble(e.getMessage());
        }
    }

    private static void keepScreenshot(Machine machine, CellFolder folder) {
        try {
            machine.screenshot(folder.screenshot());
        } catch (MachineFault e) {
            // A picture is for people: no verdict depends on it.
            return;
        }
    }

    /** Lets the guest go and sees whether it leaves as it said. */
    private BootEnd dismiss(Machine machine, Conversation conversation) {
        machine.send(ACKNOWLEDGEMENT);
        try {
            waiting(deadlines.exit()).until(() -> !machine.alive());
        } catch (ConditionTimeoutException e) {
            return new BootEnd(BootEnd.Kind.WRONG_EXIT, "the guest said its last frame and was still there "
                    + deadlines.exit().toSeconds() + " s later");
        }
        conversation.listen();
        Frame last = conversation.lastWords().orElseThrow();
        Ending expected = OF_FIRMWARE.contains(last.event()) ? Ending.POWERED_OFF : ending(last.text("outcome").orElse(""));
        OptionalInt status = machine.exitStatus();
        Ending seen = status.isPresent() ? guest.ending(status.getAsInt()) : Ending.UNKNOWN;
        if (seen != expected || seen == Ending.UNKNOWN) {
            return new BootEnd(BootEnd.Kind.WRONG_EXIT, "the guest's last frame was \"" + Printable.excerpt(last.toString(), 100)
                    + "\", and QEMU ended with status " + status.orElse(-1) + " (" + seen.word() + ")");
        }
        return new BootEnd(BootEnd.Kind.PROVEN, "ended as it said: " + seen.word());
    }

    private static Ending ending(String word) {
        return Ending.named(word).orElse(Ending.UNKNOWN);
    }

    private static ConditionFactory waiting(Duration limit) {
        return Awaitility.await().pollInSameThread().pollDelay(Duration.ZERO).pollInterval(POLL).atMost(limit);
    }
}
