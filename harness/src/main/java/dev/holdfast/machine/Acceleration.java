// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/**
 * The accelerator that a probe found to work.
 *
 * @param why one line: how that was found out, or why nothing faster is used
 */
public record Acceleration(Accelerator accelerator, String why) {
}
