// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

/**
 * The parts of a cell's id that reports group cells by. What a results file of somebody else's does not spell out is empty.
 *
 * @param type      the memory type
 * @param placement where, and how many pages
 * @param verifier  {@code verifier}, {@code no-verifier} or {@code verifier-} and its flags
 * @param others    what the id says beyond these: the machine's shape
 */
record Axes(String guest, String type, String placement, String locating, String mapping, String verifier, String others) {

    static Axes of(String id) {
        String[] parts = id.split("/", 6);
        String reservation = part(parts, 1);
        int at = reservation.indexOf('@');
        return new Axes(part(parts, 0), at < 0 ? reservation : reservation.substring(0, at), at < 0 ? "" : reservation.substring(at + 1),
                part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5));
    }

    /** {@code on} or {@code off}, or the flags where they are not the standard ones. */
    String verifierWord() {
        return switch (verifier) {
            case "verifier" -> "on";
            case "no-verifier" -> "off";
            default -> verifier.startsWith("verifier-") ? verifier.substring("verifier-".length()) : verifier;
        };
    }

    private static String part(String[] parts, int index) {
        return index < parts.length ? parts[index] : "";
    }
}
