// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** Something that this computer lacks or forbids. The message is one sentence: what, where, and what to do. */
public class EnvironmentFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EnvironmentFault(String message) {
        super(message);
    }

    public EnvironmentFault(String message, Throwable cause) {
        super(message, cause);
    }
}
