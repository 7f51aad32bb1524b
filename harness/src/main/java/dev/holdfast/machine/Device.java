// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** What a machine may have beside what every machine has. */
public enum Device {
    /** A virtio serial port of the name {@link QemuCommandLine#PORT_NAME}; what it says goes to {@link MachineSpec#portLog}. */
    VIRTIO_PORT,
    /** Tells QEMU that the guest's kernel has panicked (QEMU, docs/specs/pvpanic.txt). */
    PVPANIC,
    /** Somebody types at the first serial port. */
    CONSOLE_INPUT
}
