// SPDX-License-Identifier: BSD-2-Clause-Patent
/** What people and programs read of a run: the results file and the terminal's table. */
package dev.holdfast.report;
