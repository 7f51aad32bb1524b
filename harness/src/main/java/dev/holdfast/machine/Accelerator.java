// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** What executes the guest's instructions. */
public enum Accelerator {
    /** The processor itself. */
    KVM("kvm", 1),
    /** QEMU's translator: everywhere to be had, and several times slower. */
    TCG("tcg", 3);

    private final String qemuName;
    private final int slowness;

    Accelerator(String qemuName, int slowness) {
        this.qemuName = qemuName;
        this.slowness = slowness;
    }

    public String qemuName() {
        return qemuName;
    }

    /** By how much deadlines for guest work are longer than under KVM. */
    public int slowness() {
        return slowness;
    }
}
