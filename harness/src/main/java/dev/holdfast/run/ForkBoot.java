// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Snapshot;
import dev.holdfast.wire.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Boots from where a snapshot was taken: the UEFI application runs, and has not read a plan. */
public final class ForkBoot implements Boot {

    /** The word for this way in results. */
    public static final String KIND = "fork";

    private final MachineHost host;
    private final Snapshot snapshot;
    private final MachineSpec shape;
    private final MachineSpec fromReset;
    private final Duration lifetime;
    private final byte[] said;

    /**
     * @param shape    the machine that the snapshot was taken of, but for its plan and its logs
     * @param lifetime after which a machine is ended, whoever still holds it
     */
    public ForkBoot(MachineHost host, MachineSpec shape, Snapshot snapshot, Duration lifetime) {
        this.host = host;
        this.snapshot = snapshot;
        this.shape = shape.from(new MachineSpec.Origin.Forked(snapshot.ram(), snapshot.state()), snapshot.vars(),
                List.of(new MachineSpec.Disk(snapshot.disk())));
        this.fromReset = shape.from(new MachineSpec.Origin.Reset(), shape.firmware().varsTemplate(), this.shape.disks());
        this.lifetime = lifetime;
        try {
            said = Files.readAllBytes(snapshot.said());
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + snapshot.said() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    private ForkBoot(ForkBoot other, MachineSpec shape, MachineSpec fromReset) {
        this.host = other.host;
        this.snapshot = other.snapshot;
        this.shape = shape;
        this.fromReset = fromReset;
        this.lifetime = other.lifetime;
        this.said = other.said;
    }

    @Override
    public Boot restarting() {
        return new ForkBoot(this, shape.restarting(), fromReset.restarting());
    }

    @Override
    public Machine start(Path plan, Path console, Path channel) {
        MachineSpec machine = shape.with(Map.of(PlanText.FW_CFG_NAME, plan), console, channel);
        Machine forked = restore(machine);
        forked.send(PlanText.GO);
        return forked;
    }

    /** Twice if need be: a QEMU that was killed says nothing of the snapshot. */
    private Machine restore(MachineSpec machine) {
        try {
            return host.start(machine, lifetime);
        } catch (MachineFault once) {
            try {
                return host.start(machine, lifetime);
            } catch (MachineFault twice) {
                throw brokenOff() ? twice : ofNoUse(twice);
            }
        }
    }

    /** Whether machines are being ended from outside, whatever state they are in. */
    private static boolean brokenOff() {
        return Thread.currentThread().isInterrupted() || Shutdown.begun();
    }

    private EnvironmentFault ofNoUse(MachineFault fault) {
        snapshot.distrust();
        return new EnvironmentFault(fault.getMessage() + "; it will be made anew, so run again with --resume, or boot with --cold", fault);
    }

    @Override
    public byte[] said() {
        return said.clone();
    }

    @Override
    public Optional<MachineSpec> fromReset() {
        return Optional.of(fromReset);
    }

    @Override
    public boolean isRam(long address, long bytes) {
        return shape.isRam(address, bytes);
    }
}
