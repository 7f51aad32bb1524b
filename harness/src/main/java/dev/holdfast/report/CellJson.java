// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.plan.Cell;
import dev.holdfast.plan.Hex;
import dev.holdfast.plan.Probe;
import dev.holdfast.plan.Promise;
import dev.holdfast.run.BugCheckSeen;
import dev.holdfast.run.CellResult;
import dev.holdfast.run.Observation;
import dev.holdfast.run.ProbeSeen;
import dev.holdfast.run.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One cell of the results file. Addresses, statuses and codes are strings in hex, because people read them so. */
final class CellJson {

    /** A guest may report as many as a boot may have frames; the verdict's reason speaks of the first few. */
    private static final int MAX_VIOLATIONS = 64;
    private static final int MAX_MODEL_SWITCHES = 64;

    private CellJson() {
    }

    /**
     * @param place   where the cell stands among those asked for, from 0
     * @param earlier tries of the cell before this one, which failed, oldest first
     * @param out     the folder of the results, which other folders are named relative to
     */
    static void write(JsonGenerator json, int place, CellResult result, List<CellResult> earlier, Path out) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", result.cell().id());
        json.writeNumberField("place", place);
        writeCell(json, result.cell());
        json.writeStringField("nonce", result.nonce().toString());
        json.writeStringField("boot", result.boot());
        writePromise(json, result.promise());
        writeObserved(json, result.observed());
        writeVerdict(json, result, out);
        json.writeNumberField("attempts", earlier.size() + 1);
        json.writeBooleanField("flaky", result.verdict().outcome() != Outcome.FAIL && !earlier.isEmpty());
        json.writeArrayFieldStart("earlier");
        for (CellResult attempt : earlier) {
            json.writeStartObject();
            json.writeStringField("nonce", attempt.nonce().toString());
            writeVerdict(json, attempt, out);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeVerdict(JsonGenerator json, CellResult result, Path out) throws IOException {
        json.writeStringField("verdict", result.verdict().outcome().word());
        json.writeStringField("reason", result.verdict().reason());
        json.writeNumberField("millis", result.millis());
        json.writeStringField("folder", relative(result.folder(), out));
    }

    private static String relative(Path folder, Path out) {
        Path absolute = folder.toAbsolutePath().normalize();
        Path base = out.toAbsolutePath().normalize();
        return (absolute.startsWith(base) ? base.relativize(absolute) : folder).toString();
    }

    private static void writeCell(JsonGenerator json, Cell cell) throws IOException {
        json.writeStringField("guest", cell.guest().label());
        json.writeBooleanField("model", cell.guest().model());
        json.writeObjectFieldStart("reservation");
        json.writeStringField("type", cell.reservation().type().name());
        json.writeStringField("placement", cell.reservation().placement().label());
        json.writeNumberField("pages", cell.reservation().pages());
        json.writeEndObject();
        json.writeStringField("locating", cell.locating().method());
        json.writeObjectFieldStart("mapping");
        json.writeStringField("api", cell.mapping().api().routine());
        json.writeStringField("cache", cell.mapping().cache().label());
        json.writeStringField("variant", cell.mapping().variant().word());
        json.writeEndObject();
        json.writeBooleanField("verifier", cell.verifier().on());
        json.writeStringField("probe", cell.probe().map(Probe::name).orElse(null));
        json.writeStringField("reading", cell.model().reading());
        json.writeStringField("version", cell.model().version().word());
        json.writeStringField("pressure", cell.trial().pressure().word());
        json.writeStringField("reboot", cell.trial().reboot().word());
    }

    private static void writePromise(JsonGenerator json, Promise promise) throws IOException {
        json.writeObjectFieldStart("promise");
        json.writeStringField("kind", promise.kind());
        writeHex(json, "status", promise instanceof Promise.Refused refused ? Optional.of(refused.status()) : Optional.empty());
        json.writeFieldName("bugcheck");
        if (promise instanceof Promise.BugCheck bugCheck) {
            json.writeStartObject();
            json.writeStringField("code", Hex.of(bugCheck.code()));
            json.writeArrayFieldStart("parameters");
            for (var parameter : bugCheck.parameters()) {
                json.writeString(parameter.words());
            }
            json.writeEndArray();
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        json.writeStringField("source", promise.source());
        json.writeEndObject();
    }

    private static void writeObserved(JsonGenerator json, Observation observed) throws IOException {
        json.writeObjectFieldStart("observed");
        writeHex(json, "reservedAt", observed.reservedAt());
        writeHex(json, "reserveStatus", observed.reserveStatus());
        writeHex(json, "locatedAt", observed.locatedAt());
        writeHex(json, "locateStatus", observed.locateStatus());
        writeHex(json, "mapStatus", observed.mapStatus());
        writeIntact(json, "driver", observed.driver().map(driver -> new long[] {driver.intact(), driver.pages()}));
        writeIntact(json, "host", observed.host().map(host -> new long[] {host.intact(), host.pages()}));
        json.writeArrayFieldStart("violations");
        for (BugCheckSeen violation : observed.violations().stream().limit(MAX_VIOLATIONS).toList()) {
            writeBugCheck(json, violation);
        }
        json.writeEndArray();
        if (observed.violations().size() > MAX_VIOLATIONS) {
            json.writeNumberField("violationsInAll", observed.violations().size());
        }
        writeBugCheck(json, "bugcheck", observed.bugCheck());
        writeBugCheck(json, "driverBugcheck", observed.driverBugCheck());
        json.writeBooleanField("ended", observed.end().proven());
        writeProbe(json, observed.probe());
        writeSwitches(json, "model", observed.model());
        writeSwitches(json, "decided", observed.decided());
        KernelJson.write(json, "kernel", observed.kernel());
        json.writeEndObject();
    }

    private static void writeSwitches(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        Map<String, String> switches = new TreeMap<>(values);
        for (Map.Entry<String, String> modelSwitch : switches.entrySet().stream().limit(MAX_MODEL_SWITCHES).toList()) {
            json.writeStringField(modelSwitch.getKey(), modelSwitch.getValue());
        }
        json.writeEndObject();
    }

    private static void writeProbe(JsonGenerator json, Optional<ProbeSeen> probe) throws IOException {
        json.writeFieldName("probe");
        if (probe.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("name", probe.get().name());
        json.writeArrayFieldStart("steps");
        for (ProbeSeen.Step step : probe.get().steps()) {
            json.writeStartObject();
            json.writeStringField("step", step.name());
            json.writeStringField("outcome", step.outcome());
            json.writeStringField("status", Hex.of(step.status()));
            json.writeStringField("value", Hex.of(step.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("ended", probe.get().ended().isPresent());
        json.writeEndObject();
    }

    private static void writeBugCheck(JsonGenerator json, String name, Optional<BugCheckSeen> seen) throws IOException {
        json.writeFieldName(name);
        if (seen.isPresent()) {
            writeBugCheck(json, seen.get());
        } else {
            json.writeNull();
        }
    }

    private static void writeBugCheck(JsonGenerator json, BugCheckSeen seen) throws IOException {
        json.writeStartObject();
        json.writeStringField("code", Hex.of(seen.code()));
        json.writeArrayFieldStart("parameters");
        for (long parameter : seen.parameters()) {
            json.writeString(Hex.of(parameter));
        }
        json.writeEndArray();
        if (!seen.text().isEmpty()) {
            json.writeStringField("text", seen.text());
        }
        json.writeEndObject();
    }

    private static void writeHex(JsonGenerator json, String name, Optional<Long> number) throws IOException {
        json.writeStringField(name, number.map(Hex::of).orElse(null));
    }

    /** Pages that are intact, and all of them; null where nobody looked. */
    private static void writeIntact(JsonGenerator json, String name, Optional<long[]> pages) throws IOException {
        json.writeFieldName(name);
        if (pages.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberField("pagesIntact", pages.get()[0]);
        json.writeNumberField("pages", pages.get()[1]);
        json.writeEndObject();
    }
}
