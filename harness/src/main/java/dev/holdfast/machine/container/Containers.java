// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.MachineHost;
import dev.holdfast.machine.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** The way into this package, which can be gone also where there is no Testcontainers. */
public final class Containers {

    /** The word for such machines in results. */
    public static final String KIND = "container";

    private Containers() {
    }

    /** Begins to look for the Docker daemon, while something else is done; whatever is wrong with it is said when it is wanted. */
    public static void lookAhead(Map<String, String> environment) {
        Thread ahead = new Thread(() -> {
            try {
                DockerDaemon.find(environment);
            } catch (EnvironmentFault | LinkageError e) {
                return;
            }
        }, "docker-ahead");
        ahead.setDaemon(true);
        ahead.start();
    }

    /**
     * Starts a container, in which all machines of a run are.
     *
     * @param image     of a name; one that vm-images/runner made
     * @param procmux   the program that runs others in it
     * @param workspace for what is needed here meanwhile
     * @throws EnvironmentFault if there is no Testcontainers, no Docker daemon, no such image, or the container does not start
     */
    public static MachineHost open(String image, Path procmux, Map<String, String> environment, Workspace workspace) {
        if (!Files.isReadable(procmux)) {
            throw new EnvironmentFault("the program " + procmux + " is not there; build it: make -C vm-images/runner");
        }
        return withTestcontainers(() -> ContainerHost.open(image, procmux, environment, workspace));
    }

    /**
     * What there is to run machines in, in one line for a person.
     *
     * @throws EnvironmentFault if there is no Testcontainers, no Docker daemon, or no such image
     */
    public static String describe(String image, Map<String, String> environment) {
        return withTestcontainers(() -> {
            DockerDaemon daemon = DockerDaemon.find(environment);
            RunnerImage found = daemon.image(image);
            return "Docker " + daemon.describe() + ", image " + found.name() + ": " + found.packages();
        });
    }

    private static <T> T withTestcontainers(Supplier<T> work) {
        try {
            return work.get();
        } catch (NoClassDefFoundError e) {
            throw new EnvironmentFault("Testcontainers is not on the class path, and machines in containers want it; add "
                    + "org.testcontainers:testcontainers, version 2.0.5, to the dependencies", e);
        }
    }
}
