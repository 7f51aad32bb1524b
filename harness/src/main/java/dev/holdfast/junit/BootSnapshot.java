// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

/** Where a machine stood, memory and devices; it lasts as long as the boot that it was taken of. */
@FunctionalInterface
public interface BootSnapshot {

    /** Starts a machine that goes on from there. Any number of them may run; each is closed with the test. */
    BootSession fork();
}
