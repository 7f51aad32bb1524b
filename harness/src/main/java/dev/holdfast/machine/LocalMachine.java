// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A machine that is a QEMU process on this computer. */
public final class LocalMachine implements InteractiveMachine, RecordableMachine {

    private final List<String> commandLine;
    private final Monitor monitor;
    private final SerialFiles serial;
    private final Optional<SerialConsole> console;
    private final Endpoints endpoints;
    private final MachineSpec spec;
    private final HostProcess process;
    private final Path folder;

    /** The same with a process from scratch. */
    public LocalMachine(Qemu qemu, MachineSpec spec, Path folder, Duration lifetime) {
        this(qemu, spec, folder, lifetime, Launcher.DIRECT);
    }

    /**
     * Starts a machine; one that is forked from a snapshot runs on from there when this returns.
     *
     * @param folder   one that {@link Workspace#machineFolder} gave, for its sockets and its variable store; it is deleted when the machine is closed
     * @param lifetime after which the machine is ended, whoever still holds it
     * @param forks    starts the process of one that is forked
     * @throws EnvironmentFault if it cannot be started
     * @throws MachineFault     if it cannot be forked from its snapshot
     */
    public LocalMachine(Qemu qemu, MachineSpec spec, Path folder, Duration lifetime, Launcher forks) {
        this.folder = folder;
        this.endpoints = Endpoints.in(folder);
        this.spec = spec;
        try {
            Files.copy(spec.firmware().varsTemplate(), endpoints.vars());
        } catch (IOException e) {
            throw new EnvironmentFault("the firmware's variable store " + spec.firmware().varsTemplate() + " cannot be copied to "
                    + endpoints.vars() + ": " + e.getMessage(), e);
        }
        commandLine = QemuCommandLine.of(qemu.binary(), spec, endpoints);
        monitor = Monitor.on(endpoints.qmp());
        serial = new SerialFiles(endpoints, spec.channelLog());
        console = spec.interactive() ? Optional.of(new SerialConsole(endpoints.console())) : Optional.empty();
        Optional<Path> state = spec.origin().stateFile();
        process = spec.origin() instanceof MachineSpec.Origin.Forked forked ? forks.launch(commandLine, forked, lifetime)
                : new QemuProcess(commandLine, state, lifetime);
        state.ifPresent(this::restore);
    }

    /** If its memory is in a file that others may map, that is the other half of what is saved. */
    @Override
    public void saveState(Path state) {
        monitor.saveState(state);
    }

    @Override
    public void saveTo(Snapshot snapshot) {
        saveState(snapshot.state());
        try {
            Files.copy(endpoints.vars(), snapshot.vars(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MachineFault("the variable store cannot be copied to " + snapshot.vars() + ": " + e.getMessage(), e);
        }
    }

    private void restore(Path state) {
        try {
            monitor.restoreState();
        } catch (MachineFault e) {
            String words = lastWords();
            close();
            throw new MachineFault("the snapshot " + state.getParent() + " cannot be restored: " + e.getMessage()
                    + (words.isEmpty() ? "" : " (" + words + ")"), e);
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

    @Override
    public List<String> commandLine() {
        return commandLine;
    }

    /** Its own copy of the variable store, gone when it is closed. */
    public Path vars() {
        return endpoints.vars();
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
        monitor.savePhysicalMemory(address, bytes, file);
    }

    @Override
    public void screenshot(Path file) {
        monitor.screenshot(file);
    }

    @Override
    public void send(int octet) {
        serial.send(octet);
    }

    @Override
    public JsonNode qmp(String command, Map<String, ?> arguments) {
        return monitor.execute(command, arguments);
    }

    @Override
    public void type(byte[] bytes) {
        console.orElseThrow(() -> new MachineFault("nobody can type at this machine's first serial port; start an interactive one"))
                .send(bytes);
    }

    @Override
    public void reset() {
        monitor.execute("set-action", Map.of("reboot", "reset"));
        monitor.execute("system_reset", Map.of());
    }

    @Override
    public void writePhysicalMemory(long address, byte[] bytes) {
        if (!spec.isRam(address, bytes.length)) {
            throw new MachineFault("the " + bytes.length + " bytes from " + Hex.of(address) + " are not all RAM of this machine, which has "
                    + spec.memory().memoryMiB() + " MiB");
        }
        boolean running = status().equals("running");
        if (running) {
            pause();
        }
        try (GdbStub stub = debugger()) {
            stub.writePhysical(address, bytes);
        } catch (IOException e) {
            throw new MachineFault("the memory at " + Hex.of(address) + " cannot be written: " + e.getMessage(), e);
        } finally {
            if (running && alive()) {
                resume();
            }
        }
    }

    /** QEMU listens for debuggers from the first time that one is wanted. */
    private synchronized GdbStub debugger() throws IOException {
        if (!Files.exists(endpoints.debugger())) {
            monitor.execute("human-monitor-command", Map.of("command-line", "gdbserver unix:" + endpoints.debugger() + ",server=on,wait=off"));
        }
        return new GdbStub(endpoints.debugger(), Monitor.patience());
    }

    @Override
    public void close() {
        process.close();
        monitor.close();
        console.ifPresent(SerialConsole::close);
        serial.close();
        Workspace.deleteTree(folder);
    }
}
