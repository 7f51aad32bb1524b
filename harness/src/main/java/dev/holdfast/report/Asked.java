// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

/**
 * What a run was asked to do; only a run that is asked the same may carry on where it was cut.
 *
 * @param name     the scenario or matrix, with whatever narrows it down (a filter, a shard)
 * @param identity what the cells boot, in the caller's words: QEMU, firmware, media; different whenever results could be
 * @param cells    how many cells there are in all
 */
public record Asked(String name, String identity, int cells) {
}
