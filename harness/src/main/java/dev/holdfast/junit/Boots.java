// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.junit;

/** Starts boots in the middle of a test; they end with it. A test may have one as a parameter. */
public interface Boots {

    /** What the annotations, or whoever registered the extension, ask for: somewhere to start from. */
    BootSpec usual();

    /**
     * Starts a boot.
     *
     * @throws dev.holdfast.machine.EnvironmentFault if this computer lacks something
     */
    BootSession start(BootSpec spec);
}
