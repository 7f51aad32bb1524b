// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** What QEMU is asked to do through its monitor. Paths are those of the computer that QEMU runs on. */
public final class Monitor implements AutoCloseable {

    /** The descriptor from which a machine is restored: QEMU has the state's file open as this one. */
    public static final int STATE_DESCRIPTOR = 9;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MIGRATION_POLL = Duration.ofMillis(1);
    /** A device state is some megabytes; only a disk that stands still takes longer. */
    private static final Duration MIGRATION_LIMIT = Duration.ofSeconds(60);

    private final QmpClient qmp;

    private Monitor(QmpClient qmp) {
        this.qmp = qmp;
    }

    /** On a socket on which the harness waits and QEMU connects. */
    static Monitor on(Path socket) {
        return new Monitor(new QmpClient(socket, PATIENCE));
    }

    /** Between two streams that QEMU already has the other ends of. */
    public static Monitor between(InputStream from, WritableByteChannel to) {
        return new Monitor(new QmpClient(from, to, PATIENCE));
    }

    /** How long QEMU may take to answer. */
    static Duration patience() {
        return PATIENCE;
    }

    /** @throws MachineFault if QEMU reports an error, has gone, or does not answer in time */
    JsonNode execute(String command, Map<String, ?> arguments) {
        return qmp.execute(command, arguments);
    }

    /** Whether QEMU has said that the guest's kernel panicked. */
    public boolean panicked() {
        return qmp.panicked();
    }

    public String status() {
        return execute("query-status", Map.of()).path("status").asText();
    }

    public void pause() {
        execute("stop", Map.of());
    }

    public void resume() {
        execute("cont", Map.of());
    }

    public void savePhysicalMemory(long address, long bytes, Path file) {
        execute("pmemsave", Map.of("val", address, "size", bytes, "filename", file.toString()));
    }

    public void screenshot(Path file) {
        execute("screendump", Map.of("filename", file.toString(), "format", "png"));
    }

    /** Writes the state of a paused machine, but for memory that is in a file which others may map. */
    public void saveState(Path state) {
        leaveMemoryOut();
        execute("migrate", Map.of("uri", "exec:cat >" + ShellWords.quote(state.toString())));
        awaitMigration(() -> execute("query-migrate", Map.of()).path("status").asText(), Set.of("completed"),
                Set.of("setup", "active", "device"));
    }

    /** Brings a machine that waits for it into the state that it has open, and has it run. */
    public void restoreState() {
        leaveMemoryOut();
        // Not "exec:": QEMU would fork for it, and every page that it had written to would be copied once more.
        execute("migrate-incoming", Map.of("uri", "fd:" + STATE_DESCRIPTOR));
        awaitMigration(this::status, Set.of("paused"), Set.of("inmigrate"));
        resume();
    }

    /** The memory is in a file that both ends have: QEMU's x-ignore-shared (migration/ram.c, ramblock_is_ignored). */
    private void leaveMemoryOut() {
        execute("migrate-set-capabilities",
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
    public void close() {
        qmp.close();
    }
}
