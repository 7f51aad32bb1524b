// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.guest.Home;
import dev.holdfast.machine.Accelerator;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.LocalHost;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.Workspace;
import java.util.function.Consumer;
import java.util.function.Function;

/** What machines need, of this computer and of the one that they run on, found and checked before the first of them starts. */
public final class Computer implements AutoCloseable {

    private final Workspace workspace;
    private final MachineHost host;

    private Computer(Workspace workspace, MachineHost host) {
        this.workspace = workspace;
        this.host = host;
    }

    /**
     * Machines that run here.
     *
     * @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing
     */
    public static Computer open() {
        return open(local(notice -> { }));
    }

    /** @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing */
    static Computer open(Function<Workspace, MachineHost> hosts) {
        Workspace workspace = Workspace.open();
        try {
            return new Computer(workspace, hosts.apply(workspace));
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    /** This computer as a host. */
    public static Function<Workspace, MachineHost> local(Consumer<String> notices) {
        return workspace -> new LocalHost(System.getenv(), workspace, Home.forkServer(), notices);
    }

    /** Where the machines run. */
    public MachineHost host() {
        return host;
    }

    Qemu qemu() {
        return host.qemu();
    }

    Workspace workspace() {
        return workspace;
    }

    public Firmware firmware() {
        return host.firmware();
    }

    public String qemuVersion() {
        return host.qemuVersion();
    }

    public Accelerator accelerator() {
        return host.acceleration().accelerator();
    }

    /** How long to wait for guests there, where nobody says otherwise. */
    public Deadlines deadlines() {
        return Deadlines.under(accelerator());
    }

    /** One line on what the boots run on. */
    public String describe() {
        return host.describe();
    }

    @Override
    public void close() {
        host.close();
        workspace.close();
    }
}
