// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

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
public final class LocalMachine implements Machine {

    private static final Duration MONITOR_PATIENCE = Duration.ofSeconds(20);
    private static final Duration MIGRATION_POLL = Duration.ofMillis(1);
    /** A device state is some megabytes; only a disk that stands still takes longer. */
    private static final Duration MIGRATION_LIMIT = Duration.ofSeconds(60);

    private final List<String> commandLine;
    private final QmpClient qmp;
    private final SerialFiles serial;
    private final QemuProcess process;
    private final Path folder;
    private final Path vars;

    /**
     * Starts a machine; one that is forked from a snapshot runs on from there when this returns.
     *
     * @param folder   one that {@link Workspace#machineFolder} gave, for its sockets and its variable store; it is deleted when the machine is closed
     * @param lifetime after which the machine is ended, whoever still holds it
     * @throws EnvironmentFault if it cannot be started
     * @throws MachineFault     if it cannot be forked from its snapshot
     */
    public LocalMachine(Qemu qemu, MachineSpec spec, Path folder, Duration lifetime) {
        this.folder = folder;
        Endpoints endpoints = Endpoints.in(folder);
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
        Optional<Path> state = spec.origin() instanceof MachineSpec.Origin.Forked forked ? Optional.of(forked.state()) : Optional.empty();
        process = new QemuProcess(commandLine, state, lifetime);
        state.ifPresent(this::restore);
    }

    /**
     * Writes the state of its devices to a file. It must be paused, and its memory in a file, which then is the snapshot's other half;
     * it is of no further use.
     *
     * @throws MachineFault if it does not answer, or the file cannot be written
     */
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
    public void close() {
        process.close();
        qmp.close();
        serial.close();
        Workspace.deleteTree(folder);
    }
}
