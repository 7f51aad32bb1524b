// SPDX-License-Identifier: BSD-2-Clause-Patent
/** What boots after the UEFI application: which media it needs, how it ends, and what counts as a complaint there. */
package dev.holdfast.guest;
