// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.machine.EnvironmentFault;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;

/** The circumstances of a run in a results file. */
final class RunJson {

    private static final String MEMBER = "run";

    private RunJson() {
    }

    /** An object whose only member is the run. */
    static ObjectNode of(RunInfo run) {
        ObjectNode parent = Json.MAPPER.createObjectNode();
        parent.putObject(MEMBER)
                .put("id", run.id())
                .put("started", run.started().toString())
                .put("host", run.host())
                .put("qemu", run.qemu())
                .put("firmware", run.firmware())
                .put("accelerator", run.accelerator())
                .put("machine", run.machine())
                .put("holdfast", run.holdfast())
                .put("release", run.release());
        return parent;
    }

    /** @throws EnvironmentFault naming {@code file}, if the object's member is no run */
    static RunInfo read(JsonNode parent, Path file) {
        JsonNode run = parent.path(MEMBER);
        try {
            return new RunInfo(text(run, "id"), Instant.parse(run.path("started").asText()), text(run, "host"), text(run, "qemu"),
                    text(run, "firmware"), text(run, "accelerator"), text(run, "machine"), text(run, "holdfast"), text(run, "release"));
        } catch (DateTimeException e) {
            throw new EnvironmentFault(file + " does not say when its run started, so it is none of this program's results", e);
        }
    }

    private static String text(JsonNode run, String name) {
        return Escaped.of(run.path(name).asText());
    }
}
