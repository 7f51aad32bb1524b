// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.guest;

import dev.holdfast.machine.EnvironmentFault;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where everything is that was built for guests: the project's folder, or what was unpacked of a library in its place. */
public final class Home {

    private static final String PROPERTY = "holdfast.home";
    private static final String VARIABLE = "HOLDFAST_HOME";

    private Home() {
    }

    /**
     * The project's folder where it was named, or this program lies in it; or else what the library with the classifier {@code guests}
     * holds.
     *
     * @throws EnvironmentFault if nothing tells
     */
    public static Path find() {
        return checkout().or(GuestsLibrary::unpacked).orElseThrow(() -> new EnvironmentFault(
                "there are no programs for guests: add the library dev.holdfast:holdfast with the classifier guests, or set " + VARIABLE
                        + " to the project's folder"));
    }

    /**
     * What the library does not have is in a checkout alone.
     *
     * @throws EnvironmentFault if there is none
     */
    public static Path findForLinux() {
        return forLinux(checkout());
    }

    static Path forLinux(Optional<Path> checkout) {
        return checkout.orElseThrow(() -> new EnvironmentFault("the library with the programs for guests has no Linux guest, for Debian's "
                + "kernel is not passed on with it; run mvn package in a checkout of the project, and set " + VARIABLE + " to its folder"));
    }

    /** The project's folder, where there is one. */
    public static Optional<Path> checkout() {
        String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (named != null) {
            return Optional.of(Path.of(named).toAbsolutePath().normalize());
        }
        try {
            // harness/target/holdfast.jar, or harness/target/classes
            Path code = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path home = code.resolve("../../..").normalize();
            return Files.isDirectory(home.resolve("harness")) ? Optional.of(home) : Optional.empty();
        } catch (URISyntaxException e) {
            throw new EnvironmentFault("the place of this program cannot be read; set " + VARIABLE + " to the project's folder", e);
        }
    }

    /** Where the build puts what is preloaded into QEMU. */
    public static Path forkServer() {
        return find().resolve("harness/target/forkserver/libforkserver.so");
    }
}
