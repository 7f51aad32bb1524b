// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.EnvironmentFault;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's folder is, and with it everything that was built for guests. */
public final class Home {

    private static final String PROPERTY = "holdfast.home";
    private static final String VARIABLE = "HOLDFAST_HOME";

    private Home() {
    }

    /** @throws EnvironmentFault if nothing tells */
    public static Path find() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null) {
            return Path.of(named).toAbsolutePath().normalize();
        }
        try {
            // harness/target/holdfast.jar, or harness/target/classes
            Path code = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path home = code.resolve("../../..").normalize();
            if (Files.isDirectory(home.resolve("harness"))) {
                return home;
            }
        } catch (URISyntaxException e) {
            throw new EnvironmentFault("the place of this program cannot be read; set " + VARIABLE + " to the project's folder", e);
        }
        throw new EnvironmentFault("the project's folder is not known; set " + VARIABLE + " to it");
    }

    /** Where the build puts what is preloaded into QEMU. */
    public static Path forkServer() {
        return find().resolve("harness/target/forkserver/libforkserver.so");
    }
}
