// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

/** Whether this program is on its way out. */
final class Shutdown {

    private Shutdown() {
    }

    /**
     * Whether it has been told to go, by a signal or by its own end. From then on machines are ended from all sides, and what that looks
     * like is no observation: whoever asks after a boot knows whether to believe it.
     */
    static boolean begun() {
        Thread hook = new Thread(() -> { });
        try {
            // The JVM tells only by refusing hooks, and it does so before it starts the first one.
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
