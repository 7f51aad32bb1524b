// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A machine that is a QEMU process on this computer. */
public final class LocalMachine implements Machine {

    private static final Duration MONITOR_PATIENCE = Duration.ofSeconds(20);

    private final List<String> commandLine;
    private final QmpClient qmp;
    private final SerialFiles serial;
    private final QemuProcess process;
    private final Path folder;

    /**
     * Starts a machine.
     *
     * @param folder   a private folder for its sockets and its variable store; it is deleted when the machine is closed
     * @param lifetime after which the machine is ended, whoever still holds it
     * @throws EnvironmentFault if it cannot be started
     */
    public LocalMachine(Qemu qemu, MachineSpec spec, Path folder, Duration lifetime) {
        this.folder = folder;
        Endpoints endpoints = Endpoints.in(folder);
        try {
            Files.copy(spec.firmware().varsTemplate(), endpoints.vars());
        } catch (IOException e) {
            throw new EnvironmentFault("the firmware's variable store " + spec.firmware().varsTemplate() + " cannot be copied to "
                    + endpoints.vars() + ": " + e.getMessage(), e);
        }
        commandLine = QemuCommandLine.of(qemu.binary(), spec, endpoints);
        qmp = new QmpClient(endpoints.qmp(), MONITOR_PATIENCE);
        serial = new SerialFiles(endpoints.serial(), spec.channelLog());
        process = new QemuProcess(commandLine, lifetime);
    }

    @Override
    public boolean alive() {
        return process.alive();
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
