// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

import dev.holdfast.plan.Cell;

/**
 * One boot's orders: a cell, and what only this boot has.
 *
 * @param guest   what boots
 * @param options what is wanted of the guest beside the cell
 */
public record Plan(Cell cell, Nonce nonce, GuestProgram guest, GuestOptions options) {

    /** Orders that want nothing of the guest but the cell. */
    public Plan(Cell cell, Nonce nonce, GuestProgram guest) {
        this(cell, nonce, guest, GuestOptions.of(cell));
    }
}
