// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.MachineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one machine has in the container: a folder of its own, which goes with it, and copies of what many machines read. */
final class Berth {

    /** What is longer than this is worth keeping for the next machine. */
    private static final long SMALL_BYTES = 64 * 1024;
    /**
     * Copies the variable store, makes the pipe and becomes QEMU, with the state that it goes on from open as the given descriptor. One
     * program after another: no time is lost in asking for each from here.
     */
    private static final String SCRIPT = "cp -- \"$1\" \"$0/vars.fd\" && mkfifo -m 600 \"$0/com2.in\" || exit 126; state=$2; shift 2; "
            + "exec \"$@\" %d<\"$state\"";

    private final Transfer transfer;
    private final Lodging lodging;
    private final Path folder;
    private int copies;

    /** @param folder of this machine, which is made when the first file is written to it */
    Berth(Transfer transfer, Lodging lodging, Path folder) {
        this.transfer = transfer;
        this.lodging = lodging;
        this.folder = folder;
    }

    Path vars() {
        return folder.resolve("vars.fd");
    }

    Path serial() {
        return folder.resolve("com2");
    }

    Path speak() {
        return folder.resolve("com2.in");
    }

    Path hear() {
        return folder.resolve("com2.out");
    }

    Path console() {
        return folder.resolve("console.log");
    }

    Path scratch() {
        return folder.resolve("scratch");
    }

    /** The same machine with the paths that its files have in the container, but for its firmware. */
    MachineSpec translate(MachineSpec spec) {
        Map<String, Path> fwCfg = new HashMap<>();
        spec.fwCfg().forEach((name, file) -> fwCfg.put(name, copy(file)));
        List<MachineSpec.Disk> disks = spec.disks().stream().map(disk -> new MachineSpec.Disk(lodging.of(disk.image()))).toList();
        return new MachineSpec(spec.memory(), spec.cpus(), spec.firmware(), spec.accelerator(), disks, fwCfg, spec.display(),
                spec.debugExit(), console(), hear(), translate(spec.origin()), spec.devices(), spec.restarts());
    }

    private MachineSpec.Origin translate(MachineSpec.Origin origin) {
        if (origin instanceof MachineSpec.Origin.Recorded) {
            return new MachineSpec.Origin.Recorded(lodging.reserve());
        }
        if (origin instanceof MachineSpec.Origin.Forked forked) {
            return new MachineSpec.Origin.Forked(lodging.of(forked.ram()), lodging.of(forked.state()));
        }
        return origin instanceof MachineSpec.Origin.Resumed resumed ? new MachineSpec.Origin.Resumed(lodging.of(resumed.state())) : origin;
    }

    private Path copy(Path file) {
        try {
            if (Files.size(file) > SMALL_BYTES) {
                return lodging.of(file);
            }
        } catch (IOException e) {
            // Reading it says better what is wrong with it.
            return lodging.of(file);
        }
        Path own = folder.resolve("file" + copies++);
        transfer.put(file, own.toString());
        return own;
    }

    /** The words that start it. */
    List<String> starting(Path varsTemplate, Optional<Path> state, int descriptor, List<String> qemu) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT.formatted(descriptor), folder.toString(),
                varsTemplate.toString(), state.map(Path::toString).orElse("/dev/null")));
        words.addAll(qemu);
        return words;
    }

    /** The words that delete its folder. */
    List<String> clearing() {
        return List.of("/bin/sh", "-c", "rm -rf \"$0\"", folder.toString());
    }
}
