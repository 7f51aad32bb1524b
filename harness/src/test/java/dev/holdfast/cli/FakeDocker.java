// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** As much of a Docker daemon as tells its version and its images. */
final class FakeDocker implements AutoCloseable {

    private final HttpServer server;
    private final String apiVersion;
    private final Map<String, String> images = new TreeMap<>();

    /** @param apiVersion the newest version of the API that it speaks */
    FakeDocker(String apiVersion) throws IOException {
        this.apiVersion = apiVersion;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param labels as JSON */
    void addImage(String name, String labels) {
        images.put(name, "{\"Id\":\"sha256:00\",\"Config\":{\"Labels\":" + labels + "}}");
    }

    /** For DOCKER_HOST. */
    String address() {
        return "tcp://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+/", "/");
        String image = path.replaceFirst("^/images/(.*)/json$", "$1");
        exchange.getResponseHeaders().set("Api-Version", apiVersion);
        if (path.equals("/_ping")) {
            send(exchange, 200, "OK");
        } else if (path.equals("/info")) {
            send(exchange, 200, "{\"ID\":\"fake\",\"ServerVersion\":\"20.10\",\"OSType\":\"linux\",\"SystemTime\":\"2026-01-01T00:00:00Z\"}");
        } else if (images.containsKey(image)) {
            send(exchange, 200, images.get(image));
        } else {
            send(exchange, 404, "{\"message\":\"no such thing: " + path + "\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
