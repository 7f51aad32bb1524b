// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Info;
import dev.holdfast.machine.CacheFolder;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.machine.Remembered;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;

/** The Docker daemon that Testcontainers finds. */
public final class DockerDaemon {

    /** A container is created and started within moments; one that was only created after that long is nobody's. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration PULL_LIMIT = Duration.ofMinutes(10);

    private final URI host;
    private final Info info;
    private final DockerClient client;

    private DockerDaemon(URI host, Info info, DockerClient client) {
        this.host = host;
        this.info = info;
        this.client = client;
    }

    /** @throws EnvironmentFault if there is none, or it is too old */
    public static DockerDaemon find(Map<String, String> environment) {
        Optional<URI> asked = DockerPing.ask(environment);
        try {
            DockerClientFactory factory = DockerClientFactory.instance();
            URI host = factory.getTransportConfig().getDockerHost();
            if (asked.isPresent() && environment.containsKey(DockerPing.VARIABLE) && !asked.get().equals(host)) {
                throw new EnvironmentFault("the Docker daemon at " + asked.get() + " that " + DockerPing.VARIABLE
                        + " names does not let Testcontainers in; see whether 'docker info' works there");
            }
            return new DockerDaemon(host, factory.getInfo(), DockerClientProviderStrategy.getClientForConfig(factory.getTransportConfig()));
        } catch (IllegalStateException e) {
            throw new EnvironmentFault("Testcontainers finds no Docker daemon" + asked.map(where -> " at " + where).orElse("")
                    + "; start one (Debian: apt-get install docker.io), name one with " + DockerPing.VARIABLE
                    + ", or run with --machine local", e);
        }
    }

    /** Says where it is and what it is. */
    public String describe() {
        return info.getServerVersion() + " (" + host + ")";
    }

    /** Names it, wherever it is asked from. */
    String id() {
        return String.valueOf(info.getId());
    }

    /**
     * The image of that name.
     *
     * @throws EnvironmentFault if there is none, or it was not made for this
     */
    public RunnerImage image(String name) {
        try {
            InspectImageResponse image;
            try {
                image = client.inspectImageCmd(name).exec();
            } catch (NotFoundException e) {
                pull(name, e);
                image = client.inspectImageCmd(name).exec();
            }
            Map<String, String> labels = image.getConfig() == null ? null : image.getConfig().getLabels();
            return new RunnerImage(name, image.getId(), labels == null ? Map.of() : labels);
        } catch (DockerException e) {
            throw new EnvironmentFault("the Docker daemon at " + host + " does not tell of the image " + name + ": " + words(e), e);
        }
    }

    /** But for the one that is made here: under its name somebody else's may be found anywhere. */
    private void pull(String name, NotFoundException missing) {
        if (name.equals(RunnerImage.DEFAULT_NAME)) {
            throw new EnvironmentFault("the image " + name + " is not on the Docker host " + host + "; make it: " + RunnerImage.RECIPE, missing);
        }
        String otherwise = "the image " + name + " is not on the Docker host " + host + " and cannot be pulled (%s); see whether 'docker pull "
                + name + "' works, or make one: " + RunnerImage.RECIPE + " IMAGE=" + name;
        try {
            // Not Testcontainers' own way, which tries again and again for minutes.
            if (!client.pullImageCmd(DockerImageName.parse(name).asCanonicalNameString()).start()
                    .awaitCompletion(PULL_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new EnvironmentFault(otherwise.formatted("not within " + PULL_LIMIT.toMinutes() + " minutes"));
            }
        } catch (DockerException | DockerClientException | IllegalArgumentException e) {
            throw new EnvironmentFault(otherwise.formatted(words(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFault(otherwise.formatted("it was interrupted"), e);
        }
    }

    /** To be called before Testcontainers starts anything. */
    void chooseReaper(Map<String, String> environment) {
        Remembered remembered = new Remembered(CacheFolder.of(environment).resolve("docker-ryuk.properties"));
        // Asked again every day: pulling in vain takes its time.
        String key = id() + " " + String.valueOf(info.getSystemTime()).split("T")[0];
        if (Reapers.forbidden(environment)) {
            return;
        }
        boolean without = remembered.recall(key).isPresent();
        if (!without && !Reapers.obtainable(client)) {
            remembered.keep(key, new Properties());
            without = true;
        }
        if (without) {
            Reapers.doWithout();
        }
    }

    /** Removes containers of runs that have ended otherwise than they should, and that Docker has not removed by itself. */
    void sweep() {
        try {
            for (Container container : client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(RunnerContainer.RUN_LABEL)).exec()) {
                if (List.of("exited", "dead").contains(container.getState()) || container.getState().equals("created") && old(container)) {
                    client.removeContainerCmd(container.getId()).withForce(true).withRemoveVolumes(true).exec();
                }
            }
        } catch (DockerException e) {
            // Somebody else was faster, or will be.
            return;
        }
    }

    /** By the daemon's clock, which dated it. */
    private boolean old(Container container) {
        try {
            return OffsetDateTime.parse(info.getSystemTime()).toEpochSecond() - container.getCreated() > START_LIMIT.toSeconds();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /** What a daemon said, in one line. */
    static String words(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null && !(cause instanceof DockerException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("^Status [0-9]+: ", "").replaceAll("^\\{\"message\":\"|\"\\}$", "")
                .replaceAll("\\s+", " ");
    }
}
