// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.run.Verdict.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what reports need of one cell of a results file or a journal, either of which anybody may have written. */
final class CellReader {

    private static final int MAX_ID = 500;
    private static final int MAX_TEXT = 2000;
    private static final int MAX_ATTEMPTS = 16;
    private static final int MAX_LOG_LINES = 50;

    private CellReader() {
    }

    /** @throws IllegalArgumentException saying in a clause what is missing */
    static CellSummary read(JsonNode cell) {
        JsonNode id = cell.path("id");
        if (!id.isTextual() || id.asText().isEmpty() || id.asText().length() > MAX_ID) {
            throw new IllegalArgumentException("a cell has no id of 1.." + MAX_ID + " characters");
        }
        JsonNode promise = cell.path("promise");
        return new CellSummary(text(id), cell.path("place").asInt(), cell.path("model").asBoolean(), outcome(cell),
                text(cell.path("reason")), promised(promise),
                // A few sources serve thousands of cells.
                text(promise.path("source")).intern(), ObservationKey.of(cell).intern(), cell.path("millis").asLong(),
                text(cell.path("folder")), earlier(cell.path("earlier")), lines(cell.path("observed").path("kernel").path("log")));
    }

    private static Outcome outcome(JsonNode node) {
        String word = node.path("verdict").asText();
        return Stream.of(Outcome.values()).filter(outcome -> outcome.word().equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a cell's verdict is none of pass, fail, observed"));
    }

    private static String promised(JsonNode promise) {
        if (promise.path("bugcheck").isObject()) {
            JsonNode bugCheck = promise.path("bugcheck");
            return text(bugCheck.path("code")) + "/" + text(bugCheck.path("parameters").path(0));
        }
        return promise.path("status").isTextual() ? text(promise.path("status")) : text(promise.path("kind"));
    }

    private static List<Attempt> earlier(JsonNode attempts) {
        List<Attempt> earlier = new ArrayList<>();
        for (JsonNode attempt : attempts) {
            if (earlier.size() < MAX_ATTEMPTS) {
                earlier.add(new Attempt(text(attempt.path("reason")), text(attempt.path("folder")), attempt.path("millis").asLong()));
            }
        }
        return earlier;
    }

    private static List<String> lines(JsonNode log) {
        List<String> lines = new ArrayList<>();
        for (JsonNode line : log) {
            if (lines.size() < MAX_LOG_LINES) {
                lines.add(text(line));
            }
        }
        return lines;
    }

    private static String text(JsonNode node) {
        String text = node.asText("");
        return Escaped.of(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…");
    }
}
