// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A script for a POSIX shell that boots a machine from reset for a person, without the harness and long after it. It names what lies
 * beside it relative to itself, so that a run's folder can be moved, and writes to nothing but a folder of its own.
 */
public final class BootScript {

    private static final Path VARS = Path.of("vars.fd");
    private static final Path CONSOLE = Path.of("console.log");

    private final MachineSpec spec;
    private final Firmware firmware;
    /** What is to be in the script's own folder, and where it comes from, relative to the script. */
    private final Map<String, Path> links = new LinkedHashMap<>();

    /**
     * @param shape the machine from reset, but for its disks, its fw_cfg files and its logs
     * @param fwCfg the name of its one fw_cfg file
     * @param plan  that file, relative to the script
     * @param disks its disks, relative to the script
     */
    public BootScript(MachineSpec shape, String fwCfg, Path plan, List<Path> disks) {
        links.put("plan.txt", plan);
        IntStream.range(0, disks.size()).forEach(i -> links.put("disk" + i + ".img", disks.get(i)));
        firmware = shape.firmware();
        spec = shape.from(new MachineSpec.Origin.Reset(), firmware.varsTemplate(), links.keySet().stream()
                .filter(name -> name.startsWith("disk")).map(name -> new MachineSpec.Disk(Path.of(name))).toList())
                .with(Map.of(fwCfg, Path.of("plan.txt")), CONSOLE, CONSOLE);
    }

    /**
     * The script.
     *
     * @param cell    what it boots
     * @param started the program and the arguments that the harness started, the program first
     */
    public String text(String cell, List<String> started) {
        String sources = links.values().stream().map(BootScript::beside).collect(Collectors.joining(" "));
        String linking = links.entrySet().stream().map(link -> "ln -s " + beside(link.getValue()) + " " + link.getKey() + "\n")
                .collect(Collectors.joining());
        return """
                #!/bin/sh
                # Boots %1$s again, from reset.
                # Arguments are handed to QEMU: -s -S, for one, has it wait for a debugger on TCP port 1234.
                #
                # The harness started it like this, with sockets and pipes that have gone since:
                # %2$s
                set -eu
                here=$(dirname "$(readlink -f "$0")")
                for file in %3$s %4$s %5$s %6$s; do
                    if [ ! -r "$file" ]; then
                        echo "qemu.sh: $file is not there; boot the cell anew: ./holdfast replay %1$s" >&2
                        exit 3
                    fi
                done
                scratch=$(mktemp -d)
                cd "$scratch"
                %7$scat %6$s >%8$s
                echo "qemu.sh: the frames follow; after the last one the machine waits some ten seconds, or for a capital A" >&2
                status=0
                %9$s "$@" || status=$?
                echo "qemu.sh: QEMU ended with status $status; the firmware's console is in $scratch/%10$s" >&2
                exit "$status"
                """.formatted(cell, ShellWords.join(started).replace("\n", "\n# "), sources, ShellWords.quote(started.get(0)),
                quote(firmware.code()), quote(firmware.varsTemplate()), linking, VARS,
                ShellWords.join(QemuCommandLine.attended(Path.of(started.get(0)), spec, VARS)), CONSOLE);
    }

    private static String beside(Path file) {
        return "\"$here\"/" + quote(file);
    }

    private static String quote(Path file) {
        return ShellWords.quote(file.toString());
    }
}
