// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** A machine that did not do what it was told: it has gone, or it does not answer. The message is one sentence. */
public class MachineFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MachineFault(String message) {
        super(message);
    }

    public MachineFault(String message, Throwable cause) {
        super(message, cause);
    }
}
