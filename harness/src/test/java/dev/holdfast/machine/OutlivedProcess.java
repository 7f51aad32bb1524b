// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A program that starts one that would run for a minute, and gives it two seconds. Prints for how long it ran, and what the clock said. */
final class OutlivedProcess {

    private OutlivedProcess() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        Instant started = Instant.now();
        long start = System.nanoTime();
        try (QemuProcess process = new QemuProcess(List.of("sleep", "60"), Optional.empty(), Duration.ofSeconds(2))) {
            System.out.println("started");
            while (process.alive()) {
                Thread.sleep(5);
            }
        }
        System.out.println(Duration.ofNanos(System.nanoTime() - start).toMillis());
        System.out.println(Duration.between(started, Instant.now()).toMinutes());
    }
}
