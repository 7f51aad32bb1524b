// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * A promise and the cells of which it is made.
 *
 * @param name what people call the rule
 */
record PromiseRule(String name, CellPattern when, Promise promise) {
}
