// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.Device;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.machine.MachineSpec;
import dev.holdfast.machine.Monitor;
import dev.holdfast.machine.QemuCommandLine;
import dev.holdfast.machine.RecordableMachine;
import dev.holdfast.machine.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A machine that is a QEMU process in a container. */
public final class ContainerMachine implements RecordableMachine {

    private final Mux mux;
    private final Transfer transfer;
    private final Lodging lodging;
    private final Berth berth;
    private final MachineSpec there;
    private final List<String> commandLine;
    private final List<FollowedFile> logs = new ArrayList<>();
    private final RemoteProcess process;
    private final Monitor monitor;

    /**
     * Starts a machine; one that is forked from a snapshot runs on from there when this returns.
     *
     * @param varsTemplate the variable store that it starts with, in the container
     * @param folder       of its own, in the container
     * @throws EnvironmentFault if it cannot be started
     * @throws MachineFault     if it cannot be forked from its snapshot
     */
    ContainerMachine(Mux mux, Lodging lodging, Path qemu, MachineSpec spec, Path varsTemplate, Path folder, Duration lifetime) {
        if (spec.interactive()) {
            throw new EnvironmentFault("nobody can type at a machine that runs in a container; start it on this computer");
        }
        this.mux = mux;
        this.lodging = lodging;
        transfer = new Transfer(mux);
        berth = new Berth(transfer, lodging, folder);
        there = berth.translate(spec);
        commandLine = QemuCommandLine.monitoredOnStandardStreams(qemu, there, berth.vars(), berth.serial());
        logs.add(follow(there.consoleLog(), spec.consoleLog()));
        logs.add(follow(there.channelLog(), spec.channelLog()));
        if (spec.devices().contains(Device.VIRTIO_PORT)) {
            logs.add(follow(there.portLog(), spec.portLog()));
        }
        process = new RemoteProcess(mux, berth.starting(varsTemplate, there.origin().stateFile(), Monitor.STATE_DESCRIPTOR, commandLine),
                lifetime);
        monitor = Monitor.between(process.output(), process.input());
        if (there.origin().stateFile().isPresent()) {
            restore(spec);
        }
    }

    /** The log is there before QEMU opens it. */
    private FollowedFile follow(Path log, Path here) {
        transfer.append(log.toString(), new byte[0]);
        return new FollowedFile(mux, log.toString(), here);
    }

    private void restore(MachineSpec spec) {
        try {
            monitor.restoreState();
        } catch (MachineFault e) {
            String words = lastWords();
            close();
            throw new MachineFault("the snapshot " + spec.origin().stateFile().map(Path::getParent).orElseThrow() + " cannot be restored: "
                    + e.getMessage() + (words.isEmpty() ? "" : " (" + words + ")"), e);
        }
    }

    @Override
    public boolean alive() {
        return process.alive();
    }

    @Override
    public boolean panicked() {
        return monitor.panicked();
    }

    @Override
    public OptionalInt exitStatus() {
        return process.exitStatus();
    }

    @Override
    public String lastWords() {
        return process.lastWords();
    }

    /** As it was given in the container. */
    @Override
    public List<String> commandLine() {
        return commandLine;
    }

    @Override
    public String status() {
        return monitor.status();
    }

    @Override
    public void pause() {
        monitor.pause();
    }

    @Override
    public void resume() {
        monitor.resume();
    }

    @Override
    public void savePhysicalMemory(long address, long bytes, Path file) {
        monitor.savePhysicalMemory(address, bytes, berth.scratch());
        fetch(file);
    }

    @Override
    public void screenshot(Path file) {
        monitor.screenshot(berth.scratch());
        fetch(file);
    }

    private void fetch(Path file) {
        try {
            transfer.get(berth.scratch().toString(), file);
        } catch (EnvironmentFault e) {
            throw new MachineFault(e.getMessage(), e);
        }
    }

    @Override
    public void saveTo(Snapshot snapshot) {
        Path state = lodging.reserve();
        monitor.saveState(state);
        lodging.bringHome(state, snapshot.state());
        if (there.origin() instanceof MachineSpec.Origin.Recorded recorded) {
            lodging.bringHome(recorded.ram(), snapshot.ram());
        }
        transfer.get(berth.vars().toString(), snapshot.vars());
    }

    @Override
    public void send(int octet) {
        transfer.append(berth.speak().toString(), new byte[] {(byte) octet});
    }

    @Override
    public void close() {
        process.close();
        monitor.close();
        logs.forEach(FollowedFile::close);
        if (mux.end().isEmpty()) {
            mux.run(berth.clearing(), new Mux.Listener() {
                @Override
                public void accept(MuxFrame frame) {
                    // Whether it succeeded shows nowhere: the container's end clears all.
                    return;
                }

                @Override
                public void gone() {
                    return;
                }
            });
        }
    }
}
