// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Names all that goes into a snapshot: two machines with one key would be in the same state at the same place. */
public final class SnapshotKey {

    /** To be raised when what a snapshot's folder holds changes. */
    private static final String FORMAT = "2";
    private static final int KEY_DIGITS = 40;
    /** Stands for what differs from one machine to the next and leaves no trace in a snapshot. */
    private static final Path ANY = Path.of("any");

    private final MessageDigest digest;

    private SnapshotKey() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * @param image   names what QEMU and the firmware are taken from, where that is not this computer
     * @param shape   the machine, but for its disk, its plan and its logs
     * @param media   the files of the disk it boots from
     * @param waiting stands in the place of its plan
     * @throws EnvironmentFault if a file cannot be read
     */
    public static String of(Qemu qemu, String qemuVersion, Optional<String> image, MachineSpec shape, Map<String, Path> media,
                            byte[] waiting) {
        SnapshotKey key = new SnapshotKey();
        key.add(FORMAT);
        key.add(qemuVersion);
        image.ifPresentOrElse(key::add, () -> key.addPrograms(qemu, shape.firmware()));
        Map<String, Path> unplaced = new TreeMap<>(shape.fwCfg());
        unplaced.replaceAll((name, file) -> ANY);
        MachineSpec recorded = shape.from(new MachineSpec.Origin.Recorded(ANY), ANY, List.of(new MachineSpec.Disk(ANY)))
                .with(unplaced, ANY, ANY).interactive(false);
        QemuCommandLine.of(qemu.binary(), recorded, Endpoints.in(ANY)).forEach(key::add);
        if (shape.accelerator() == Accelerator.KVM) {
            // "-cpu max" is then whatever this host has.
            key.addHostProcessor();
        }
        key.addContents(shape.fwCfg());
        key.addContents(media);
        key.digest.update(waiting);
        return HexFormat.of().formatHex(key.digest.digest()).substring(0, KEY_DIGITS);
    }

    private void addPrograms(Qemu qemu, Firmware firmware) {
        addIdentity(qemu.binary());
        addContent(firmware.code());
        addContent(firmware.varsTemplate());
    }

    /** Length first, so that no two lists of words look the same. */
    private void add(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private void addContents(Map<String, Path> files) {
        new TreeMap<>(files).forEach((name, file) -> {
            add(name);
            addContent(file);
        });
    }

    private void addContent(Path file) {
        try {
            add(file.getFileName().toString());
            add(Long.toString(Files.size(file)));
            digest.update(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new EnvironmentFault("the file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A program is known by its place, its length and its date; reading it all would cost more than a fork. */
    private void addIdentity(Path program) {
        try {
            Path real = program.toRealPath();
            add(real + ":" + Files.size(real) + ":" + Files.getLastModifiedTime(real).toMillis());
        } catch (IOException e) {
            throw new EnvironmentFault("the program " + program + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void addHostProcessor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            lines.filter(line -> line.startsWith("model name") || line.startsWith("flags") || line.startsWith("microcode")).distinct()
                    .forEach(this::add);
        } catch (IOException e) {
            add("unknown processor");
        }
    }
}
