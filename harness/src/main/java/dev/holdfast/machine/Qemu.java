// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The emulator's program. */
public record Qemu(Path binary) {

    private static final Pattern VERSION = Pattern.compile("version (\\S+)");

    /** @throws EnvironmentFault if there is none on the PATH */
    public static Qemu find() {
        return new Qemu(Tools.require("qemu-system-x86_64", "qemu-system-x86"));
    }

    /** @throws EnvironmentFault if it is there no more */
    public void glance() {
        if (!Files.isExecutable(binary)) {
            throw new EnvironmentFault("QEMU has gone from " + binary + " in the middle of the run; put it back and carry on with --resume");
        }
    }

    /** Such as {@code 7.2.22}. Starts the program. */
    public String version() {
        return versionIn(Tools.run(binary, List.of("--version")));
    }

    /** The version in what the program prints when it is asked for it. */
    public static String versionIn(String printed) {
        Matcher version = VERSION.matcher(printed);
        return version.find() ? version.group(1) : "unknown";
    }
}
