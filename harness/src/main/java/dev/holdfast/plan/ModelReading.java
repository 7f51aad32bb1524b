// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * Where a switch of the contract guest's stands that is not at its default.
 *
 * @param of    the switch
 * @param value a value that it takes
 */
public record ModelReading(ModelSwitch of, String value) {

    /** As a plan spells it. */
    String label() {
        return of.label() + ":" + value;
    }
}
