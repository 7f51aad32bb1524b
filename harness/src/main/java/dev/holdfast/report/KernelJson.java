// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.plan.Hex;
import dev.holdfast.run.DriverCheck;
import dev.holdfast.run.KernelSeen;
import java.io.IOException;
import java.util.List;

/** What an operating system's kernel said, in a results file; null where the guest is none that nobody here wrote. */
final class KernelJson {

    private KernelJson() {
    }

    static void write(JsonGenerator json, String name, KernelSeen kernel) throws IOException {
        json.writeFieldName(name);
        if (kernel.equals(KernelSeen.NOTHING)) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeArrayFieldStart("regions");
        for (KernelSeen.Region region : kernel.regions()) {
            texts(json, "source", region.source(), "from", Hex.of(region.from()), "to", Hex.of(region.to()), "name", region.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("complaints");
        for (KernelSeen.Complaint complaint : kernel.complaints()) {
            texts(json, "kind", complaint.kind(), "text", complaint.text(), "during", complaint.during());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("pressure");
        for (KernelSeen.Stage stage : kernel.pressure()) {
            json.writeStartObject();
            json.writeStringField("stage", stage.name());
            json.writeNumberField("bytes", stage.bytes());
            json.writeStringField("outcome", stage.outcome());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("afterReset");
        if (kernel.afterReset().isPresent()) {
            DriverCheck look = kernel.afterReset().get();
            json.writeStartObject();
            json.writeNumberField("pagesIntact", look.intact());
            json.writeNumberField("pages", look.pages());
            json.writeEndObject();
        } else {
            json.writeNull();
        }
        lines(json, "notes", kernel.notes());
        lines(json, "log", kernel.log());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String... keysAndValues) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            json.writeStringField(keysAndValues[i], keysAndValues[i + 1]);
        }
        json.writeEndObject();
    }

    private static void lines(JsonGenerator json, String name, List<String> lines) throws IOException {
        json.writeArrayFieldStart(name);
        for (String line : lines) {
            json.writeString(line);
        }
        json.writeEndArray();
    }
}
