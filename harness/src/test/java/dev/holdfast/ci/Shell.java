// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.ci;

import java.util.List;
import java.util.Map;

/**
 * A command as an engine starts it.
 *
 * @param words       the program and its arguments
 * @param environment what the engine sets for it
 */
record Shell(List<String> words, Map<String, String> environment) {
}
