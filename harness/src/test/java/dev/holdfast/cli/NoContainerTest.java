// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where machines cannot run in a container, one sentence says why, and the status that it is the environment's fault. */
@Timeout(90)
class NoContainerTest {

    @TempDir
    private Path folder;

    @Test
    void noDaemon() throws Exception {
        Path socket = folder.resolve("docker.sock");

        assertRefused("unix://" + socket, "no Docker daemon answers at unix://" + socket + " (No such file or directory); start one, name "
                + "another with DOCKER_HOST, or run with --machine local");
    }

    @Test
    void noDaemonAtAPort() throws Exception {
        assertRefused("tcp://127.0.0.1:1", "no Docker daemon answers at tcp://127.0.0.1:1 (Connection refused); start one, name another with "
                + "DOCKER_HOST, or run with --machine local");
    }

    @Test
    void aDaemonThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp://127.0.0.1:" + silent.getLocalPort();

            assertRefused(address, "no Docker daemon answers at " + address + " (no answer within 5 s); start one, name another with "
                    + "DOCKER_HOST, or run with --machine local");
        }
    }

    @Test
    void aDaemonThatIsTooOld() throws Exception {
        try (FakeDocker docker = new FakeDocker("1.24")) {
            assertRefused(docker.address(), "the Docker daemon at " + docker.address() + " is too old: it speaks version 1.24 of Docker's "
                    + "API, and 1.32 is wanted; update it (Docker 17.09 or later), or name another with DOCKER_HOST");
        }
    }

    @Test
    void aNameThatIsNoAddress() throws Exception {
        assertRefused("no address at all", "DOCKER_HOST is 'no address at all', which is no address of a Docker daemon; set it to one such "
                + "as unix:///var/run/docker.sock, or not at all");
    }

    @Test
    void noImage() throws Exception {
        try (FakeDocker docker = new FakeDocker("1.41")) {
            assertRefused(docker.address(), "the image holdfast-runner is not on the Docker host " + docker.address() + "; make it: make -C "
                    + "vm-images/runner image");
        }
    }

    @Test
    void anImageThatCannotBePulled() throws Exception {
        try (FakeDocker docker = new FakeDocker("1.41")) {
            assertRefused(docker.address(), "the image example.invalid/runner:1 is not on the Docker host " + docker.address()
                    + " and cannot be pulled (no such thing: /images/create); see whether 'docker pull example.invalid/runner:1' works, or "
                    + "make one: make -C vm-images/runner image IMAGE=example.invalid/runner:1", "--image", "example.invalid/runner:1");
        }
    }

    @Test
    void anImageThatIsNotForThis() throws Exception {
        try (FakeDocker docker = new FakeDocker("1.41")) {
            docker.addImage("debian", "null");

            assertRefused(docker.address(), "the image debian has no label dev.holdfast.runner=1, so it was not made for this program; make "
                    + "one: make -C vm-images/runner image", "--image", "debian");
        }
    }

    @Test
    void anImageThatDoesNotTellWhatIsInIt() throws Exception {
        try (FakeDocker docker = new FakeDocker("1.41")) {
            docker.addImage("half", "{\"dev.holdfast.runner\":\"1\"}");

            assertRefused(docker.address(), "the image half lacks the label dev.holdfast.", "--image", "half");
        }
    }

    /** As it is for somebody who uses the harness as a library and does not want containers. */
    @Test
    void noTestcontainers() throws Exception {
        String without = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> !jar.contains("testcontainers")).collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = Cli.start(Map.of(), "run", "--machine", "container", "--out", folder.resolve("out").toString());
        builder.command().set(builder.command().indexOf("-cp") + 1, without);
        Process program = builder.redirectErrorStream(true).start();

        assertThat(new String(program.getInputStream().readAllBytes())).isEqualTo("holdfast: Testcontainers is not on the class path, and "
                + "machines in containers want it; add org.testcontainers:testcontainers, version 2.0.5, to the dependencies\n");
        assertThat(program.waitFor()).isEqualTo(ExitStatus.ENVIRONMENT);
    }

    @Test
    void anotherPlace() {
        Cli cli = Cli.run("run", "--machine", "cloud");

        assertThat(cli.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(cli.err()).contains("'cloud' is no place for machines: local or container");
    }

    private void assertRefused(String dockerHost, String sentence, String... options) throws IOException, InterruptedException {
        Path tmp = Files.createDirectory(folder.resolve("tmp"));
        String[] arguments = Stream.concat(Stream.of("run", "--machine", "container", "--out", folder.resolve("out").toString()),
                Stream.of(options)).toArray(String[]::new);
        Cli cli = Cli.runWith(Map.of("DOCKER_HOST", dockerHost, "TMPDIR", tmp.toString(), "XDG_CACHE_HOME", folder.toString()), arguments);

        assertThat(cli.err().lines().filter(line -> line.startsWith("holdfast: "))).as(cli.err()).singleElement().asString()
                .startsWith("holdfast: " + sentence);
        assertThat(cli.status()).isEqualTo(ExitStatus.ENVIRONMENT);
        assertThat(tmp).isEmptyDirectory();
    }
}
