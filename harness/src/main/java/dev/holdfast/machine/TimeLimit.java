// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.commons.exec.ProcessDestroyer;

/**
 * Ends a process that outlives its time, with SIGKILL. Commons Exec has a watchdog for this, but measures on the clock of the day: set back
 * by an hour, it grants another hour.
 */
class TimeLimit implements ProcessDestroyer {

    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    @Override
    public boolean add(Process process) {
        process.onExit().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS).exceptionally(late -> process.destroyForcibly());
        return true;
    }

    @Override
    public boolean remove(Process process) {
        return true;
    }

    @Override
    public int size() {
        return 0;
    }
}
