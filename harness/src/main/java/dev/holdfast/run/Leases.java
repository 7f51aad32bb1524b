// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.SnapshotStore;
import java.util.ArrayList;
import java.util.List;

/** The leases of a run, given back together. */
final class Leases implements AutoCloseable {

    private final List<SnapshotStore.Lease> leases = new ArrayList<>();

    synchronized SnapshotStore.Lease keep(SnapshotStore.Lease lease) {
        leases.add(lease);
        return lease;
    }

    @Override
    public synchronized void close() {
        leases.forEach(SnapshotStore.Lease::close);
        leases.clear();
    }
}
