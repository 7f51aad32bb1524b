// SPDX-License-Identifier: BSD-2-Clause-Patent
/** One cell from plan to verdict, and many of them. */
package dev.holdfast.run;
