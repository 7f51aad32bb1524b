// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.Acceleration;
import dev.holdfast.machine.Accelerator;
import java.util.Optional;
import java.util.Properties;

/**
 * What only a running container tells of the computer that it is on, and of what is in it.
 *
 * @param boot     names the time since that computer was started
 * @param kvmGroup of /dev/kvm there, where only this group may open it
 */
record ContainerFacts(String boot, String qemuVersion, Acceleration acceleration, Optional<Integer> kvmGroup) {

    boolean kvm() {
        return acceleration.accelerator() == Accelerator.KVM;
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("boot", boot);
        properties.setProperty("qemu", qemuVersion);
        properties.setProperty("accelerator", acceleration.accelerator().name());
        properties.setProperty("why", acceleration.why());
        kvmGroup.ifPresent(group -> properties.setProperty("kvm-group", Integer.toString(group)));
        return properties;
    }

    /** Empty if they are not whole. */
    static Optional<ContainerFacts> of(Properties properties) {
        try {
            return Optional.of(new ContainerFacts(properties.getProperty("boot", ""), properties.getProperty("qemu", "unknown"),
                    new Acceleration(Accelerator.valueOf(properties.getProperty("accelerator", "")), properties.getProperty("why", "")),
                    Optional.ofNullable(properties.getProperty("kvm-group")).map(Integer::valueOf)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
