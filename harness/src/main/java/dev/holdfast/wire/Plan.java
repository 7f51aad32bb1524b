// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;

/**
 * One boot's orders: a cell, and what only this boot has.
 *
 * @param loaderPath path, with backslashes, of the EFI image that the UEFI application chain-loads
 * @param driverPath path, with backslashes, of the driver on the same file system
 */
public record Plan(Cell cell, Nonce nonce, String loaderPath, String driverPath) {
}
