// SPDX-License-Identifier: BSD-2-Clause-Patent
/** The command line. Its classes read words, call what does the work, and print. */
package dev.holdfast.cli;
