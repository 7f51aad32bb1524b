// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.machine.EnvironmentFault;
import dev.holdfast.plan.Shard;
import java.nio.file.Path;
import java.util.Optional;

/** Which part of a larger run a run is, in a results file and in a journal; null where it is all of it. */
final class PartJson {

    private static final String MEMBER = "shard";

    private PartJson() {
    }

    static void write(ObjectNode parent, Optional<Part> part) {
        if (part.isEmpty()) {
            parent.putNull(MEMBER);
            return;
        }
        parent.putObject(MEMBER).put("index", part.get().shard().index()).put("count", part.get().shard().count())
                .put("cells", part.get().cells()).put("ids", part.get().ids()).put("promises", part.get().promises());
    }

    /** @throws EnvironmentFault naming {@code file}, if there is something else in its place */
    static Optional<Part> read(JsonNode parent, Path file) {
        JsonNode part = parent.path(MEMBER);
        if (part.isMissingNode() || part.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Part(new Shard(part.path("index").asInt(), part.path("count").asInt()), part.path("cells").asInt(),
                    Escaped.of(part.path("ids").asText()), Escaped.of(part.path("promises").asText())));
        } catch (IllegalArgumentException e) {
            throw new EnvironmentFault(file + " does not say which shard of how many it is: " + e.getMessage(), e);
        }
    }
}
