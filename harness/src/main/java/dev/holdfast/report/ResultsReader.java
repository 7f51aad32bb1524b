// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.holdfast.machine.EnvironmentFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a results file that anybody may have written, a cell at a time. */
final class ResultsReader {

    private static final int MAX_CELLS = 100_000;
    private static final ObjectReader CELL = Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private ResultsReader() {
    }

    /** @throws EnvironmentFault in one sentence, if it cannot be read or is no results file */
    static void read(Path file, Consumer<CellSummary> cells) {
        try {
            if (Files.isDirectory(file)) {
                throw noResults(file, "it is a folder; name the " + ResultsWriter.NAME + " in it", null);
            }
            try (JsonParser json = new Portions(Json.MAPPER.createParser(Files.newInputStream(file)))) {
                read(file, json, cells);
            }
        } catch (NoSuchFileException e) {
            throw noResults(file, "there is no such file", e);
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr();
            throw noResults(file, Escaped.of(e.getOriginalMessage()) + where, e);
        } catch (IllegalArgumentException e) {
            throw noResults(file, e.getMessage(), e);
        } catch (IOException e) {
            throw new EnvironmentFault("the results file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void read(Path file, JsonParser json, Consumer<CellSummary> cells) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw noResults(file, "it holds no JSON object", null);
        }
        boolean known = false;
        boolean read = false;
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            if (name.equals("schema")) {
                known = ResultsWriter.SCHEMA.equals(json.getText());
                if (!known) {
                    throw noResults(file, "its schema is not " + ResultsWriter.SCHEMA, null);
                }
            } else if (name.equals("cells") && known && json.currentToken() == JsonToken.START_ARRAY) {
                readCells(file, json, cells);
                read = true;
            } else {
                json.skipChildren();
            }
        }
        if (!read) {
            throw noResults(file, "it names no schema " + ResultsWriter.SCHEMA + " with cells", null);
        }
    }

    private static void readCells(Path file, JsonParser json, Consumer<CellSummary> cells) throws IOException {
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (++count > MAX_CELLS) {
                throw noResults(file, "it has more than " + MAX_CELLS + " cells", null);
            }
            ((Portions) json).begin();
            JsonNode cell = CELL.readTree(json);
            cells.accept(CellReader.read(cell));
        }
    }

    private static EnvironmentFault noResults(Path file, String why, Throwable cause) {
        return new EnvironmentFault(file + " is no results file: " + why, cause);
    }

    /** Stops a single cell from filling the memory. */
    private static final class Portions extends JsonParserDelegate {

        private long start;

        Portions(JsonParser json) {
            super(json);
        }

        void begin() {
            start = offset();
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (start > 0 && offset() - start > ResultsJournal.MAX_LINE) {
                throw new StreamConstraintsException("a cell is longer than " + ResultsJournal.MAX_LINE + " bytes", currentLocation());
            }
            return token;
        }

        /** In bytes, or in characters where the file is in another encoding than UTF-8. */
        private long offset() {
            return Math.max(currentLocation().getByteOffset(), currentLocation().getCharOffset());
        }
    }
}
