// SPDX-License-Identifier: BSD-2-Clause-Patent
/** What is asked of a boot: reservations, mappings, cells, scenarios, and what was promised of each. No I/O, nothing mutable. */
package dev.holdfast.plan;
