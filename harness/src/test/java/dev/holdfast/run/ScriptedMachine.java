// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Machine;
import dev.holdfast.machine.MachineFault;
import dev.holdfast.wire.Frame;
import dev.holdfast.wire.Nonce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** A machine that says what a test wants it to say, and remembers what was done to it. */
final class ScriptedMachine implements Machine {

    private final Path channel;
    private Optional<Path> port = Optional.empty();
    private UnaryOperator<List<Frame>> portHears = frames -> frames;
    private final Map<String, Long> sequences = new LinkedHashMap<>();
    private byte[] memory = new byte[0];
    private OptionalInt exitStatus = OptionalInt.empty();
    private OptionalInt exitOnAcknowledgement = OptionalInt.empty();
    private String lastWords = "";
    private long savedFrom = -1;
    private boolean paused;
    private boolean panicked;
    private boolean closed;

    ScriptedMachine(Path channel) {
        this.channel = channel;
    }

    /** Says a frame with the next number of its source; fields are keys and values in turn. */
    ScriptedMachine say(String event, String... fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            values.put(fields[i], fields[i + 1]);
        }
        String source = event.substring(0, event.indexOf('.'));
        long sequence = sequences.merge(source, 1L, Long::sum) - 1;
        Frame frame = new Frame(sequence, event, values);
        if (!List.of("uefi", "again").contains(source)) {
            portHears.apply(List.of(frame)).forEach(heard -> port.ifPresent(log -> write(log, heard.encode())));
        }
        return raw(frame.encode());
    }

    /** What it says of its guest goes to a virtio port's log too, as {@code heard} makes it. */
    ScriptedMachine alsoThrough(Path log, UnaryOperator<List<Frame>> heard) {
        port = Optional.of(log);
        portHears = heard;
        return this;
    }

    /** Says a closing frame with the right count. */
    ScriptedMachine close(String event, Nonce nonce, String... fields) {
        String source = event.substring(0, event.indexOf('.'));
        String count = Long.toString(sequences.getOrDefault(source, 0L) + 1);
        String[] all = new String[fields.length + 4];
        System.arraycopy(new String[] {"nonce", nonce.toString(), "frames", count}, 0, all, 0, 4);
        System.arraycopy(fields, 0, all, 4, fields.length);
        return say(event, all);
    }

    ScriptedMachine raw(byte[] bytes) {
        write(channel, bytes);
        return this;
    }

    private static void write(Path log, byte[] bytes) {
        try {
            Files.write(log, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the machine's memory holds wherever it is read. */
    ScriptedMachine holding(byte[] bytes) {
        memory = bytes.clone();
        return this;
    }

    ScriptedMachine leavingWith(int status) {
        exitOnAcknowledgement = OptionalInt.of(status);
        return this;
    }

    ScriptedMachine goneWith(int status, String complaint) {
        exitStatus = OptionalInt.of(status);
        lastWords = complaint;
        return this;
    }

    ScriptedMachine panicking() {
        panicked = true;
        return this;
    }

    boolean closed() {
        return closed;
    }

    /** The address from which memory was last read, -1 if it was not. */
    long savedFrom() {
        return savedFrom;
    }

    @Override
    public boolean alive() {
        return exitStatus.isEmpty();
    }

    @Override
    public boolean panicked() {
        return panicked;
    }

    @Override
    public OptionalInt exitStatus() {
        return exitStatus;
    }

    @Override
    public String lastWords() {
        return lastWords;
    }

    @Override
    public List<String> commandLine() {
        return List.of("scripted");
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void savePhysicalMemory(long address, long bytes, Path file) {
        if (!paused) {
            throw new MachineFault("memory was read while the processors ran");
        }
        savedFrom = address;
        try {
            Files.write(file, memory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void screenshot(Path file) {
        throw new MachineFault("there is no display");
    }

    @Override
    public void send(int octet) {
        if (octet == 'A' && !paused) {
            exitStatus = exitOnAcknowledgement;
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
