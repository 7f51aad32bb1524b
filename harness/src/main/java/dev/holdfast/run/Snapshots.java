// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.SnapshotKey;
import dev.holdfast.machine.SnapshotStore;
import dev.holdfast.machine.Workspace;
import dev.holdfast.wire.GuestProgram;
import dev.holdfast.wire.PlanText;
import java.nio.file.Path;
import java.util.Map;

/** Ways to boot by forking: a snapshot for each machine, from the store or made when it is first wanted. */
public final class Snapshots implements AutoCloseable {

    private final MachineHost host;
    private final SnapshotStore store;
    private final Workspace workspace;
    private final Deadlines deadlines;
    private final Leases leases = new Leases();

    /** @param host where the machines run, and ran when they were recorded */
    public Snapshots(MachineHost host, SnapshotStore store, Workspace workspace, Deadlines deadlines) {
        this.host = host;
        this.store = store;
        this.workspace = workspace;
        this.deadlines = deadlines;
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
        String key = SnapshotKey.of(host.qemu(), host.qemuVersion(), host.image(), shape, media, waiting);
        SnapshotMaker maker = new SnapshotMaker(host, shape, media, waiting, workspace, deadlines);
        SnapshotStore.Lease lease = leases.keep(store.open(key, maker::make));
        return new ForkBoot(host, shape, lease.snapshot(), deadlines.lifetime());
    }

    @Override
    public void close() {
        leases.close();
    }
}
