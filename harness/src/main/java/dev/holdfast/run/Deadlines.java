// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.run;

import dev.holdfast.machine.Accelerator;
import java.time.Duration;

/**
 * How long to wait for a guest.
 *
 * @param firmware from reset to the UEFI application, where a machine is brought up that others are forked from
 * @param boot     from the start of the machine to the last frame
 * @param silence  between two frames, or before the first
 * @param exit     from the acknowledgement to the end of the machine
 */
public record Deadlines(Duration firmware, Duration boot, Duration silence, Duration exit) {

    private static final Deadlines UNDER_KVM = new Deadlines(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    public static Deadlines under(Accelerator accelerator) {
        int slowness = accelerator.slowness();
        return new Deadlines(UNDER_KVM.firmware.multipliedBy(slowness), UNDER_KVM.boot.multipliedBy(slowness),
                UNDER_KVM.silence.multipliedBy(slowness), UNDER_KVM.exit.multipliedBy(slowness));
    }

    /**
     * The same with another limit for the whole boot, which the silence may not exceed either. How long one waits for a guest says nothing
     * of how long the firmware takes, so that a short limit leaves a machine that others are forked from its time.
     */
    public Deadlines withBoot(Duration limit) {
        return new Deadlines(firmware.compareTo(limit) > 0 ? firmware : limit, limit, silence.compareTo(limit) < 0 ? silence : limit, exit);
    }

    /** After which a machine has no business to exist. */
    public Duration lifetime() {
        Duration longest = firmware.compareTo(boot) > 0 ? firmware : boot;
        return longest.plus(exit).plusSeconds(60);
    }
}
