// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives a run that is interrupted (Ctrl-C, SIGTERM) the time to put its results in order. The program then ends with the status that
 * shells expect of the signal, 130 or 143, whatever the run returns.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 1500;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::begin, "run-interrupted");
    private Runnable abort = () -> { };
    private boolean begun;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Says what makes the run end at once; that is done now if the interruption came before. */
    synchronized void endsWith(Runnable runAbort) {
        abort = runAbort;
        if (begun) {
            abort.run();
        }
    }

    synchronized boolean begun() {
        return begun;
    }

    private void begin() {
        synchronized (this) {
            begun = true;
            abort.run();
        }
        try {
            over.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that all is in order. */
    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, which is what this is for.
            return;
        }
    }
}
