// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.wire.PlanText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Boots from reset, through the whole of the firmware. */
public final class ColdBoot implements Boot {

    /** The word for this way in results. */
    public static final String KIND = "cold";

    private final MachineHost host;
    private final MachineSpec shape;
    private final Duration lifetime;

    /**
     * @param shape    the machine, but for its plan and its logs
     * @param lifetime after which a machine is ended, whoever still holds it
     */
    public ColdBoot(MachineHost host, MachineSpec shape, Duration lifetime) {
        this.host = host;
        this.shape = shape;
        this.lifetime = lifetime;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Boot restarting() {
        return new ColdBoot(host, shape.restarting(), lifetime);
    }

    @Override
    public Machine start(Path plan, Path console, Path channel) {
        MachineSpec machine = shape.with(Map.of(PlanText.FW_CFG_NAME, plan), console, channel);
        return host.start(machine, lifetime);
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
