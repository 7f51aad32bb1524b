// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine.container;

import dev.holdfast.machine.Acceleration;
import dev.holdfast.machine.Accelerator;
import dev.holdfast.machine.AcceleratorProbe;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a container of what computer it is on. */
final class FactFinder {

    /** Prints nothing for a device that there is not. */
    private static final String ASK_KVM = "test -e /dev/kvm || exit 0; if test -r /dev/kvm && test -w /dev/kvm; then echo open; "
            + "else stat -c '%a %g' /dev/kvm; fi";
    private static final Pattern MODE_AND_GROUP = Pattern.compile("[0-7]*[67][0-7] ([1-9][0-9]{0,8})");

    private final ContainerMachines machines;
    private final RunnerImage image;

    FactFinder(ContainerMachines machines, RunnerImage image) {
        this.machines = machines;
        this.image = image;
    }

    String boot() {
        return machines.run(List.of("cat", "/proc/sys/kernel/random/boot_id")).strip();
    }

    private String kvm() {
        return machines.run(List.of("/bin/sh", "-c", ASK_KVM)).strip();
    }

    /** The group that the container's processes would have to be in to open /dev/kvm; empty if none would help, or none is wanted. */
    Optional<Integer> wantedGroup() {
        Matcher group = MODE_AND_GROUP.matcher(kvm());
        return group.matches() ? Optional.of(Integer.valueOf(group.group(1))) : Optional.empty();
    }

    /**
     * Boots the firmware under KVM, if that may be.
     *
     * @param group   what the container's processes are in to open /dev/kvm
     * @param scratch a folder here
     */
    ContainerFacts find(Optional<Integer> group, Path scratch) {
        return new ContainerFacts(boot(), machines.qemuVersion(), acceleration(scratch), group);
    }

    private Acceleration acceleration(Path scratch) {
        String kvm = kvm();
        if (kvm.equals("open")) {
            return new AcceleratorProbe(image.firmware(), machines::start).probe(scratch);
        }
        return new Acceleration(Accelerator.TCG, "TCG: /dev/kvm " + (kvm.isEmpty() ? "does not exist on the Docker host"
                : "may not be opened by the container's user"));
    }
}
