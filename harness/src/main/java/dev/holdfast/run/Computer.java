// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Accelerator;
import dev.holdfast.machine.Firmware;
import dev.holdfast.machine.FirmwareDescriptors;
import dev.holdfast.machine.ProbeCache;
import dev.holdfast.machine.Qemu;
import dev.holdfast.machine.Workspace;

/** What machines need of this computer, found and checked before the first of them starts. */
public final class Computer implements AutoCloseable {

    private final Qemu qemu;
    private final Firmware firmware;
    private final Workspace workspace;
    private final ProbeCache.Found found;

    private Computer(Qemu qemu, Firmware firmware, Workspace workspace, ProbeCache.Found found) {
        this.qemu = qemu;
        this.firmware = firmware;
        this.workspace = workspace;
        this.found = found;
    }

    /** @throws dev.holdfast.machine.EnvironmentFault naming the first thing that is missing */
    public static Computer open() {
        Qemu qemu = Qemu.find();
        Firmware firmware = FirmwareDescriptors.of(System.getenv()).select(false);
        Workspace workspace = Workspace.open();
        try {
            return new Computer(qemu, firmware, workspace, ProbeCache.of(System.getenv()).find(qemu, firmware, workspace));
        } catch (RuntimeException e) {
            workspace.close();
            throw e;
        }
    }

    Qemu qemu() {
        return qemu;
    }

    Workspace workspace() {
        return workspace;
    }

    public Firmware firmware() {
        return firmware;
    }

    public String qemuVersion() {
        return found.qemuVersion();
    }

    public Accelerator accelerator() {
        return found.acceleration().accelerator();
    }

    /** How long to wait for guests here, where nobody says otherwise. */
    public Deadlines deadlines() {
        return Deadlines.under(accelerator());
    }

    /** One line on what the boots run on. */
    public String describe() {
        return "QEMU " + qemuVersion() + ", " + firmware.code().getFileName() + ", " + found.acceleration().why();
    }

    @Override
    public void close() {
        workspace.close();
    }
}
