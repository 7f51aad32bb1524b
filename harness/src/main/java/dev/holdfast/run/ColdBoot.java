// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.LocalMachine;
import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.Workspace;
import dev.holdfast.wire.PlanText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Boots from reset, through the whole of the firmware. */
public final class ColdBoot implements Boot {

    /** The word for this way in results. */
    public static final String KIND = "cold";

    private final Qemu qemu;
    private final MachineSpec shape;
    private final Workspace workspace;
    private final Duration lifetime;

    /**
     * @param shape    the machine, but for its plan and its logs
     * @param lifetime after which a machine is ended, whoever still holds it
     */
    public ColdBoot(Qemu qemu, MachineSpec shape, Workspace workspace, Duration lifetime) {
        this.qemu = qemu;
        this.shape = shape;
        this.workspace = workspace;
        this.lifetime = lifetime;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Boot restarting() {
        return new ColdBoot(qemu, shape.restarting(), workspace, lifetime);
    }

    @Override
    public Machine start(Path plan, Path console, Path channel) {
        MachineSpec machine = shape.with(Map.of(PlanText.FW_CFG_NAME, plan), console, channel);
        return new LocalMachine(qemu, machine, workspace.machineFolder(), lifetime);
    }

    @Override
    public Optional<MachineSpec> fromReset() {
        return Optional.of(shape);
    }

    @Override
    public boolean isRam(long address, long bytes) {
        return shape.isRam(address, bytes);
    }
}
