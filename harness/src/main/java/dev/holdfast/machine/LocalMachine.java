// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A machine that is a QEMU process on this computer. */
public final class LocalMachine implements InteractiveMachine {

    private static final Duration MONITOR_PATIENCE = Duration.ofSeconds(20);
    private static final Duration MIGRATION_POLL = Duration.ofMillis(1);
    /** A device state is some megabytes; only a disk that stands still takes longer. */
    private static final Duration MIGRATION_LIMIT = Duration.ofSeconds(60);

    private final List<String> commandLine;
    private final QmpClient qmp;
    private final SerialFiles serial;
    private final Optional<SerialConsole> console;
    private final Endpoints endpoints;
    private final MachineSpec spec;
    private final HostProcess process;
    private final Path folder;
    private final Path vars;

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
        this.vars = endpoints.vars();
        try {
            Files.copy(spec.firmware().varsTemplate(), endpoints.vars());
        } catch (IOException e) {
            throw new EnvironmentFault("the firmware's variable store " + spec.firmware().varsTemplate() + " cannot be copied to "
                    + endpoints.vars() + ": " + e.getMessage(), e);
        }
        commandLine = QemuCommandLine.of(qemu.binary(), spec, endpoints);
        qmp = new QmpClient(endpoints.qmp(), MONITOR_PATIENCE);
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
        leaveMemoryOut();
        qmp.execute("migrate", Map.of("uri", "exec:cat >" + ShellWords.quote(state.toString())));
        awaitMigration(() -> qmp.execute("query-migrate", Map.of()).path("status").asText(), Set.of("completed"),
                Set.of("setup", "active", "device"));
    }

    private void restore(Path state) {
        try {
            leaveMemoryOut();
            // Not "exec:": QEMU would fork for it, and every page that it had written to would be copied once more.
            qmp.execute("migrate-incoming", Map.of("uri", "fd:" + QemuProcess.INPUT_DESCRIPTOR));
            awaitMigration(this::status, Set.of("paused"), Set.of("inmigrate"));
            resume();
        } catch (MachineFault e) {
            String words = lastWords();
            close();
            throw new MachineFault("the snapshot " + state.getParent() + " cannot be restored: " + e.getMessage()
                    + (words.isEmpty() ? "" : " (" + words + ")"), e);
        }
    }

    /** The memory is in a file that both ends have: QEMU's x-ignore-shared (migration/ram.c, ramblock_is_ignored). */
    private void leaveMemoryOut() {
        qmp.execute("migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))));
    }

    private static void awaitMigration(Supplier<String> status, Set<String> done, Set<String> underWay) {
        long deadline = System.nanoTime() + MIGRATION_LIMIT.toNanos();
        for (String now = status.get(); !done.contains(now); now = status.get()) {
            if (!underWay.contains(now) || System.nanoTime() > deadline) {
                throw new MachineFault("its state was \"" + now + "\"");
            }
            LockSupport.parkNanos(MIGRATION_POLL.toNanos());
        }
    }

    @Override
    public boolean alive() {
        return process.alive();
    }

    @Override
    public boolean panicked() {
        return qmp.panicked();
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
        return vars;
    }

    /** QEMU's run state, such as {@code running}, {@code paused} or {@code internal-error}. */
    String status() {
        return qmp.execute("query-status", Map.of()).path("status").asText();
    }

    @Override
    public void pause() {
        qmp.execute("stop", Map.of());
    }

    @Override
    public void resume() {
        qmp.execute("cont", Map.of());
    }

    @Override
    public void savePhysicalMemory(long address, long bytes, Path file) {
        qmp.execute("pmemsave", Map.of("val", address, "size", bytes, "filename", file.toString()));
    }

    @Override
    public void screenshot(Path file) {
        qmp.execute("screendump", Map.of("filename", file.toString(), "format", "png"));
    }

    @Override
    public void send(int octet) {
        serial.send(octet);
    }

    @Override
    public JsonNode qmp(String command, Map<String, ?> arguments) {
        return qmp.execute(command, arguments);
    }

    @Override
    public void type(byte[] bytes) {
        console.orElseThrow(() -> new MachineFault("nobody can type at this machine's first serial port; start an interactive one"))
                .send(bytes);
    }

    @Override
    public void reset() {
        qmp.execute("set-action", Map.of("reboot", "reset"));
        qmp.execute("system_reset", Map.of());
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
            qmp.execute("human-monitor-command", Map.of("command-line", "gdbserver unix:" + endpoints.debugger() + ",server=on,wait=off"));
        }
        return new GdbStub(endpoints.debugger(), MONITOR_PATIENCE);
    }

    @Override
    public void close() {
        process.close();
        qmp.close();
        console.ifPresent(SerialConsole::close);
        serial.close();
        Workspace.deleteTree(folder);
    }
}
