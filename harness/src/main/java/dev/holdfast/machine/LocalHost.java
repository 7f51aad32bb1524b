// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** This computer. */
public final class LocalHost implements MachineHost {

    /** The word for it in results. */
    public static final String KIND = "local";

    private final Qemu qemu;
    private final Firmware firmware;
    private final ProbeCache.Found found;
    private final Workspace workspace;
    private final PreparedQemu prepared;

    /**
     * @param workspace  for what its machines need while they run
     * @param forkServer where the build has put the fork server's library
     * @param notices    is told, in a sentence, what a person may want to know
     * @throws EnvironmentFault naming the first thing that is missing
     */
    public LocalHost(Map<String, String> environment, Workspace workspace, Path forkServer, Consumer<String> notices) {
        this.qemu = Qemu.find();
        this.firmware = FirmwareDescriptors.of(environment).select(false);
        this.workspace = workspace;
        this.found = ProbeCache.of(environment).find(qemu, firmware, workspace);
        this.prepared = new PreparedQemu(qemu, forkServer, workspace, notices);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Qemu qemu() {
        return qemu;
    }

    @Override
    public String qemuVersion() {
        return found.qemuVersion();
    }

    @Override
    public Firmware firmware() {
        return firmware;
    }

    @Override
    public Acceleration acceleration() {
        return found.acceleration();
    }

    @Override
    public RecordableMachine start(MachineSpec spec, Duration lifetime) {
        return new LocalMachine(qemu, spec, workspace.machineFolder(), lifetime, prepared);
    }

    @Override
    public void glance() {
        qemu.glance();
    }

    /** Its machines are ended by whoever started them, and what they left goes with the workspace. */
    @Override
    public void close() {
        prepared.close();
    }
}
