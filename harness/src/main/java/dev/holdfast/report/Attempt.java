// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

/**
 * A try of a cell that failed and was followed by another.
 *
 * @param folder what was kept of it
 * @param millis from the start of the machine to its end
 */
public record Attempt(String reason, String folder, long millis) {
}
