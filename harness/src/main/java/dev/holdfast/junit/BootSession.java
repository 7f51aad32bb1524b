// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.machine.InteractiveMachine;
import dev.holdfast.run.CellFolder;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.wire.Block;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Transcript;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One boot, from the start of the machine to its end. A cell's guest runs until somebody asks what it came to, and is let go then;
 * whatever else boots runs until the test is over. For use by one thread at a time.
 */
public abstract class BootSession implements AutoCloseable {

    private final InteractiveMachine machine;
    private final CellFolder folder;
    private final Console console;
    private final PhysicalMemory memory;

    BootSession(InteractiveMachine machine, CellFolder folder, String saidBefore, Duration patience) {
        this.machine = machine;
        this.folder = folder;
        this.console = new Console(folder.console(), machine, saidBefore, patience);
        this.memory = new PhysicalMemory(machine, folder.path());
    }

    public InteractiveMachine machine() {
        return machine;
    }

    /** What the first serial port says: the firmware, a shell, a boot loader. */
    public Console console() {
        return console;
    }

    /**
     * Types at the first serial port; returns at once. A terminal's return key is {@code \r}.
     *
     * @param text characters up to U+00FF, each sent as one byte
     */
    public void send(String text) {
        machine.type(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public PhysicalMemory memory() {
        return memory;
    }

    /**
     * Has QEMU's monitor do something, such as {@code query-status}.
     *
     * @return what the answer's {@code return} member holds
     */
    public JsonNode qmp(String command) {
        return qmp(command, Map.of());
    }

    /**
     * Has QEMU's monitor do something.
     *
     * @param arguments the command's, by name
     * @return what the answer's {@code return} member holds
     */
    public JsonNode qmp(String command, Map<String, ?> arguments) {
        return machine.qmp(command, arguments);
    }

    /** Takes a picture of the screen, in PNG, which is attached to the test; the boot has to have a display. */
    public Path screenshot() {
        machine.screenshot(folder.screenshot().toAbsolutePath());
        return folder.screenshot();
    }

    /** Presses the machine's reset button. */
    public void reset() {
        machine.reset();
    }

    /** Where the machine stands now; it goes on. */
    public abstract BootSnapshot snapshot();

    /** What a cell's boot came to: waits for its end, looks at the block from outside, and lets the guest go. */
    public abstract CellResult result();

    /** What a cell's boot showed; see {@link #result}. */
    public final Observation observed() {
        return result().observed();
    }

    /** Everything that a cell's boot has said by now on its channel. */
    public abstract Transcript transcript();

    /** Waits for an event of a cell's boot, such as {@code driver.mapped}; empty where the boot came to its end without it. */
    public abstract Optional<Frame> await(String event);

    /** The block as a cell's boot has reserved it; waits for that. */
    public abstract Block block();

    /** The folder with what is kept of the boot. */
    public final Path folder() {
        return folder.path();
    }

    /** The command that shows the same again. */
    public abstract String again();

    @Override
    public void close() {
        machine.close();
    }

    CellFolder kept() {
        return folder;
    }
}
