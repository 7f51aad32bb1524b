// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import static org.assertj.core.api.Assumptions.assumeThatCode;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;

/** The Docker daemon of this computer, as tests look at it beside the program. */
public final class Docker {

    private final DockerClient client = DockerClientProviderStrategy.getClientForConfig(
            DockerClientFactory.instance().getTransportConfig());

    /** Has tests skipped, with the reason, where there is no daemon or no image. */
    public static Docker assumed() {
        assumeThatCode(() -> Containers.describe(RunnerImage.DEFAULT_NAME, System.getenv())).as("what machines run in")
                .doesNotThrowAnyException();
        return new Docker();
    }

    /** The containers that a process has started and that are not gone. */
    public List<String> of(long process) {
        return client.listContainersCmd().withShowAll(true)
                .withLabelFilter(Map.of(RunnerContainer.PROCESS_LABEL, Long.toString(process))).exec().stream()
                .map(Container::getId).toList();
    }

    /** The programs that run in a container; none in one that does not run yet, or any more. */
    public List<String> programsIn(String container) {
        try {
            return List.of(client.topContainerCmd(container).exec().getProcesses()).stream().map(words -> words[words.length - 1]).toList();
        } catch (ConflictException | NotFoundException e) {
            return List.of();
        }
    }

    /** What of the computer a container has got hold of: volumes and folders. */
    public List<?> mountsOf(String container) {
        return client.inspectContainerCmd(container).exec().getMounts();
    }

    /** As whom a container's programs run. */
    public String userOf(String container) {
        return client.inspectContainerCmd(container).exec().getConfig().getUser();
    }

    /** Ends it as {@code docker kill} does. */
    public void kill(String container) {
        client.killContainerCmd(container).exec();
    }

    /** Makes a container that nobody starts or removes, as a harness leaves it that dies at the wrong moment. */
    public String abandon() {
        String id = client.createContainerCmd(RunnerImage.DEFAULT_NAME).withCmd("true").withLabels(Map.of(RunnerContainer.RUN_LABEL, "none",
                RunnerContainer.PROCESS_LABEL, "0")).exec().getId();
        client.startContainerCmd(id).exec();
        client.waitContainerCmd(id).start().awaitStatusCode();
        return id;
    }
}
