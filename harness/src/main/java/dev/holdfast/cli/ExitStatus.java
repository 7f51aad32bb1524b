// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

/** What the process ends with; never mixed up. */
final class ExitStatus {

    /** Every cell is as promised. */
    static final int AS_PROMISED = 0;
    /** Some cells are not. */
    static final int BROKEN_PROMISE = 1;
    /** The command line asks for something that there is not. */
    static final int USAGE = 2;
    /** This computer lacks or forbids something. */
    static final int ENVIRONMENT = 3;

    private ExitStatus() {
    }
}
