// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Launcher;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.SnapshotKey;
import dev.holdfast.machine.SnapshotStore;
import dev.holdfast.machine.Workspace;
import dev.holdfast.wire.GuestProgram;
import dev.holdfast.wire.PlanText;
import java.nio.file.Path;
import java.util.Map;

/** Ways to boot by forking: a snapshot for each machine, from the store or made when it is first wanted. */
public final class Snapshots implements AutoCloseable {

    private final Qemu qemu;
    private final String qemuVersion;
    private final SnapshotStore store;
    private final Workspace workspace;
    private final Deadlines deadlines;
    private final Launcher launcher;
    private final Leases leases = new Leases();

    /**
     * @param qemuVersion as QEMU tells it
     * @param launcher    starts the processes of forks
     */
    public Snapshots(Qemu qemu, String qemuVersion, SnapshotStore store, Workspace workspace, Deadlines deadlines, Launcher launcher) {
        this.qemu = qemu;
        this.qemuVersion = qemuVersion;
        this.store = store;
        this.workspace = workspace;
        this.deadlines = deadlines;
        this.launcher = launcher;
    }

    /** Where they are kept. */
    public Path folder() {
        return store.folder();
    }

    /**
     * A way to boot forks of a machine.
     *
     * @param shape the machine, but for its disk, its plan and its logs
     * @param media the files of the disk it boots from: path in the partition to file on the host
     * @param guest what is prepared before there is a plan
     */
    public Boot of(MachineSpec shape, Map<String, Path> media, GuestProgram guest) {
        byte[] waiting = PlanText.waiting(guest);
        String key = SnapshotKey.of(qemu, qemuVersion, shape, media, waiting);
        SnapshotMaker maker = new SnapshotMaker(qemu, shape, media, waiting, workspace, deadlines);
        SnapshotStore.Lease lease = leases.keep(store.open(key, maker::make));
        return new ForkBoot(qemu, shape, lease.snapshot(), workspace, deadlines.lifetime(), launcher);
    }

    @Override
    public void close() {
        leases.close();
    }
}
