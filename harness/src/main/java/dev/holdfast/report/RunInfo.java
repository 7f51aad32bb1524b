// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.report;

import java.time.Instant;

/**
 * The circumstances of a run.
 *
 * @param qemu     QEMU's version
 * @param firmware what firmware the machines had
 * @param machine  {@code local}
 * @param holdfast this program's version
 * @param release  which release of somebody else's system booted, in words; empty where none did
 */
public record RunInfo(String id, Instant started, String host, String qemu, String firmware, String accelerator, String machine,
                      String holdfast, String release) {
}
