// SPDX-License-Identifier: BSD-2-Clause-Patent
/** The virtual computer: its firmware, its accelerator, its QEMU process, and the ways to talk to it from outside. */
package dev.holdfast.machine;
