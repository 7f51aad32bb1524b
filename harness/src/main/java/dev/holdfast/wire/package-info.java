// SPDX-License-Identifier: BSD-2-Clause-Patent
/** What guest programs are told and what they say: the plan's text, frames, and the block they leave in memory. */
package dev.holdfast.wire;
