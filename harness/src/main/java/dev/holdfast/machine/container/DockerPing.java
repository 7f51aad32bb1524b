// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.wire.Printable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a Docker daemon for its API's version before Testcontainers does, which tries one place after another for half a minute, and does
 * not tell which of them would not have it, or why.
 */
final class DockerPing {

    static final String VARIABLE = "DOCKER_HOST";
    /** The oldest that Testcontainers speaks (DockerClientProviderStrategy, getClientForConfig): Docker 17.09. */
    private static final int OLDEST_MINOR = 32;
    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 4096;
    private static final Pattern VERSION = Pattern.compile("(?im)^api-version:\\s*([0-9]{1,4})\\.([0-9]{1,4})\\s*$");

    private DockerPing() {
    }

    /**
     * Looks whether there is a daemon that is new enough, where the environment says that there is one, or at the usual place. What only a
     * certificate opens is left to Testcontainers.
     *
     * @return where it is; empty where it was not asked
     * @throws EnvironmentFault if there is none, or it is too old
     */
    static Optional<URI> ask(Map<String, String> environment) {
        String named = environment.get(VARIABLE);
        URI host = named == null ? URI.create(USUAL) : parse(named);
        boolean secured = environment.getOrDefault("DOCKER_TLS_VERIFY", "").length() > 0;
        if (secured || named == null && !Files.exists(Path.of(host.getPath())) || address(host).isEmpty()) {
            return Optional.empty();
        }
        Matcher version = VERSION.matcher(answer(host));
        if (version.find() && Integer.parseInt(version.group(1)) == 1 && Integer.parseInt(version.group(2)) < OLDEST_MINOR) {
            throw new EnvironmentFault("the Docker daemon at " + host + " is too old: it speaks version " + version.group(1) + "."
                    + version.group(2) + " of Docker's API, and 1." + OLDEST_MINOR + " is wanted; update it (Docker 17.09 or later), or name "
                    + "another with " + VARIABLE);
        }
        return Optional.of(host);
    }

    private static URI parse(String named) {
        try {
            URI host = URI.create(named.strip());
            boolean whole = switch (String.valueOf(host.getScheme())) {
                case "unix" -> host.getPath() != null && !host.getPath().isEmpty();
                case "tcp", "http" -> host.getHost() != null && host.getPort() > 0;
                default -> host.getScheme() != null;
            };
            if (whole) {
                return host;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(named, e);
        }
        throw noAddress(named, null);
    }

    private static EnvironmentFault noAddress(String named, Exception cause) {
        return new EnvironmentFault(VARIABLE + " is '" + Printable.excerpt(named, 100) + "', which is no address of a Docker daemon; set it to "
                + "one such as " + USUAL + ", or not at all", cause);
    }

    private static Optional<SocketAddress> address(URI host) {
        return switch (String.valueOf(host.getScheme())) {
            case "unix" -> Optional.of(UnixDomainSocketAddress.of(host.getPath()));
            case "tcp", "http" -> Optional.of(new InetSocketAddress(host.getHost(), host.getPort()));
            default -> Optional.empty();
        };
    }

    /** The head of an answer, as far as it came in time. */
    private static String answer(URI host) {
        SocketAddress address = address(host).orElseThrow();
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS).execute(() -> close(channel));
            channel.connect(address);
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
            while (answer.hasRemaining() && channel.read(answer) >= 0 && !text(answer).contains("\r\n\r\n")) {
                Thread.onSpinWait();
            }
            if (answer.position() == 0) {
                throw new IOException("it says nothing");
            }
            return text(answer);
        } catch (AsynchronousCloseException e) {
            throw silent(host, "no answer within " + LIMIT.toSeconds() + " s", e);
        } catch (IOException | RuntimeException e) {
            throw silent(host, e.getMessage(), e);
        }
    }

    private static EnvironmentFault silent(URI host, String why, Exception cause) {
        return new EnvironmentFault("no Docker daemon answers at " + host + " (" + why + "); start one, name another with " + VARIABLE
                + ", or run with --machine local", cause);
    }

    private static String text(ByteBuffer answer) {
        return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is closed, as far as anybody can.
            return;
        }
    }
}
