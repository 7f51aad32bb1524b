// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.EspImage;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.RecordableMachine;
import dev.holdfast.machine.Snapshot;
import dev.holdfast.machine.Workspace;
import dev.holdfast.wire.FrameDecoder;
import dev.holdfast.wire.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Boots a machine as far as the UEFI application and keeps it there. */
final class SnapshotMaker {

    /** The UEFI application waits for a plan, and has no read of the last one half done. */
    private static final String WAITING = "uefi.waiting";

    private static final long MIB = 1024 * 1024;
    /** The disk's image, the variable store, the state of the devices and what was said, with something to spare. */
    private static final long OTHER_FILES_MIB = 64;

    private final MachineHost host;
    private final MachineSpec shape;
    private final Map<String, Path> media;
    private final byte[] waiting;
    private final Workspace workspace;
    private final Deadlines deadlines;

    /**
     * @param shape   the machine, but for its disk, its plan and its logs
     * @param media   the files of the disk it boots from
     * @param waiting stands in the place of its plan
     */
    SnapshotMaker(MachineHost host, MachineSpec shape, Map<String, Path> media, byte[] waiting, Workspace workspace, Deadlines deadlines) {
        this.host = host;
        this.shape = shape;
        this.media = media;
        this.waiting = waiting;
        this.workspace = workspace;
        this.deadlines = deadlines;
    }

    /** @throws EnvironmentFault if the machine does not get as far as the UEFI application */
    void make(Snapshot snapshot) {
        requireRoom(snapshot);
        EspImage.compose(media, snapshot.disk());
        try {
            Path plan = Files.write(workspace.folder().resolve("plan-" + snapshot.folder().getFileName()), waiting);
            MachineSpec machine = shape
                    .from(new MachineSpec.Origin.Recorded(snapshot.ram()), shape.firmware().varsTemplate(),
                            List.of(new MachineSpec.Disk(snapshot.disk())))
                    .with(Map.of(PlanText.FW_CFG_NAME, plan), snapshot.console(), snapshot.said());
            try (RecordableMachine booted = host.start(machine, deadlines.lifetime())) {
                awaitWaiting(booted, snapshot);
                booted.pause();
                booted.saveTo(snapshot);
            }
        } catch (IOException e) {
            throw new EnvironmentFault("the snapshot " + snapshot.folder() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** QEMU maps the memory's file: where a page of it finds no room, it gets a signal and tells nobody why. */
    private void requireRoom(Snapshot snapshot) {
        long wanted = shape.memory().memoryMiB() + OTHER_FILES_MIB;
        try {
            long room = Files.getFileStore(snapshot.folder()).getUsableSpace() / MIB;
            if (room < wanted) {
                throw new EnvironmentFault("the disk that holds " + snapshot.folder().getParent() + " has " + room
                        + " MiB left, and a snapshot may take " + wanted + "; make room there, set XDG_CACHE_HOME to another disk's folder, "
                        + "or boot with --cold");
            }
        } catch (IOException e) {
            throw new EnvironmentFault("the folder " + snapshot.folder() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void awaitWaiting(RecordableMachine machine, Snapshot snapshot) {
        try {
            Awaitility.await().pollInterval(CellRunner.POLL).atMost(deadlines.firmware())
                    .failFast("the machine has gone", () -> !machine.alive())
                    .until(() -> isWaiting(snapshot.said()));
        } catch (ConditionTimeoutException e) {
            throw notThere(machine, "the firmware did not start the UEFI application within " + deadlines.firmware().toSeconds() + " s", e);
        } catch (TerminalFailureException e) {
            throw notThere(machine, "QEMU ended with status " + machine.exitStatus().orElse(-1) + " before the UEFI application ran", e);
        }
    }

    private static EnvironmentFault notThere(RecordableMachine machine, String what, RuntimeException cause) {
        String words = machine.lastWords();
        return new EnvironmentFault(what + (words.isEmpty() ? "" : " (QEMU: " + words + ")") + "; boot with --cold to see how far a cell gets",
                cause);
    }

    private static boolean isWaiting(Path said) throws IOException {
        AtomicBoolean waiting = new AtomicBoolean();
        byte[] bytes = Files.readAllBytes(said);
        new FrameDecoder(frame -> waiting.compareAndSet(false, frame.event().equals(WAITING))).feed(bytes, 0, bytes.length);
        return waiting.get();
    }
}
