// SPDX-License-Identifier: BSD-2-Clause-Patent
/** What is asked of a boot: reservations, mappings, cells, matrices, and what was promised of each. No I/O beyond the texts that
 * ship with the program, nothing mutable. */
package dev.holdfast.plan;
