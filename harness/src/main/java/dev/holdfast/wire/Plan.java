// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;

/**
 * One boot's orders: a cell, and what only this boot has.
 *
 * @param guest what boots
 */
public record Plan(Cell cell, Nonce nonce, GuestProgram guest) {
}
