// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.plan.Hex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What two boots of one cell must agree in to have shown the same, as one line of text: {@code name=value} with semicolons between.
 *
 * <p>It counts: the statuses of the reservation and of the mapping; where the block lay, if the placement says where it may; whether the
 * driver found it there; how many pages each oracle saw intact; the code and parameters of violations and of the bug check; how the
 * steps of a probe ended; what a kernel's maps call the block's memory, and what kinds of complaint it had during what; whether the boot proved its end.
 *
 * <p>It does not count, because it varies by nature: nonce, times, run, attempts; where the firmware put a block that may lie anywhere
 * ({@code any}, {@code below-…}); parameters that are kernel addresses; a parameter that is the block's address or page frame number
 * counts as being just that, wherever the block lay. Free text and the switches of a model are words about an observation, not the
 * observation.
 */
final class ObservationKey {

    /** Where the kernel's half of the address space begins on x86-64. */
    private static final long KERNEL = 0xFFFF_8000_0000_0000L;
    private static final int MAX_VIOLATIONS = 8;
    private static final int PAGE_SHIFT = 12;
    private static final int MAX_STEPS = 64;

    private ObservationKey() {
    }

    /** @param cell a cell of a results file; members that are missing count as nothing seen */
    static String of(JsonNode cell) {
        JsonNode observed = cell.path("observed");
        String at = text(observed.path("reservedAt"));
        String located = text(observed.path("locatedAt"));
        List<String> parts = new ArrayList<>();
        parts.add("reserveStatus=" + text(observed.path("reserveStatus")));
        parts.add("reservedAt=" + (firmwareChooses(cell) && !at.equals("none") ? "anywhere" : at));
        parts.add("locatedAt=" + (!at.equals("none") && located.equals(at) ? "the block" : located));
        parts.add("mapStatus=" + text(observed.path("mapStatus")));
        parts.add("driver=" + intact(observed.path("driver")));
        parts.add("host=" + intact(observed.path("host")));
        parts.add("violations=" + violations(observed.path("violations"), at));
        parts.add("bugcheck=" + bugCheck(observed.path("bugcheck"), at));
        if (observed.path("probe").isObject()) {
            parts.add("probe=" + probe(observed.path("probe")));
        }
        JsonNode kernel = observed.path("kernel");
        if (kernel.isObject()) {
            parts.add("regions=" + words(kernel.path("regions"), "source", "name"));
            parts.add("complaints=" + words(kernel.path("complaints"), "during", "kind"));
            parts.add("afterReset=" + intact(kernel.path("afterReset")));
        }
        parts.add("ended=" + observed.path("ended").asBoolean());
        return String.join("; ", parts);
    }

    /** Where two observations differ, such as {@code mapStatus 0x0, was 0xC0000022}; empty if they do not. */
    static String difference(String was, String is) {
        Map<String, String> before = members(was);
        List<String> differences = new ArrayList<>();
        members(is).forEach((name, value) -> {
            String old = before.getOrDefault(name, "none");
            if (!old.equals(value)) {
                differences.add(name + " " + value + ", was " + old);
            }
        });
        return String.join("; ", differences);
    }

    private static Map<String, String> members(String key) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String member : key.split("; ")) {
            int equals = member.indexOf('=');
            members.put(member.substring(0, Math.max(0, equals)), member.substring(equals + 1));
        }
        return members;
    }

    private static boolean firmwareChooses(JsonNode cell) {
        String placement = cell.path("reservation").path("placement").asText();
        return placement.equals("any") || placement.startsWith("below-");
    }

    private static String intact(JsonNode look) {
        return look.isObject() ? look.path("pagesIntact").asLong() + "/" + look.path("pages").asLong() : "none";
    }

    /** The values of a probe's steps are counts and addresses, and no part of what is promised of them. */
    private static String probe(JsonNode probe) {
        List<String> words = new ArrayList<>();
        for (JsonNode step : probe.path("steps")) {
            words.add(text(step.path("step")) + " " + text(step.path("outcome")) + " " + text(step.path("status")));
        }
        return words.stream().limit(MAX_STEPS).collect(Collectors.joining(", "));
    }

    /** Two words of each, each pair once: a kernel's lines have times, addresses and processes in them. */
    private static String words(JsonNode entries, String one, String other) {
        Set<String> words = new TreeSet<>();
        for (JsonNode entry : entries) {
            words.add(text(entry.path(one)) + " " + text(entry.path(other)));
        }
        return words.isEmpty() ? "none" : words.stream().limit(MAX_STEPS).collect(Collectors.joining(", "));
    }

    private static String violations(JsonNode violations, String at) {
        List<String> words = new ArrayList<>();
        for (JsonNode violation : violations) {
            if (words.size() == MAX_VIOLATIONS) {
                words.add("… " + violations.size() + " in all");
                break;
            }
            words.add(bugCheck(violation, at));
        }
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private static String bugCheck(JsonNode seen, String at) {
        if (!seen.isObject()) {
            return "none";
        }
        List<String> parameters = new ArrayList<>();
        seen.path("parameters").forEach(parameter -> parameters.add(parameter(text(parameter), at)));
        return text(seen.path("code")) + " (" + String.join(", ", parameters) + ")";
    }

    private static String parameter(String value, String at) {
        if (value.equals(at)) {
            return "block";
        }
        try {
            if (!at.equals("none") && value.equals(Hex.of(Long.decode(at) >>> PAGE_SHIFT))) {
                return "block's page frame";
            }
            return Long.compareUnsigned(Long.parseUnsignedLong(value.replaceFirst("^0x", ""), 16), KERNEL) >= 0 ? "kernel address" : value;
        } catch (NumberFormatException e) {
            // Somebody else's file: what is no number is compared as the text that it is.
            return value;
        }
    }

    /** Semicolons part the members, so none may stand within one. */
    private static String text(JsonNode node) {
        return node.isTextual() ? Escaped.of(node.asText()).replace(';', ',') : "none";
    }
}
