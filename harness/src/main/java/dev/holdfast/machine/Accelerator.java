// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.machine;

/** What executes the guest's instructions. */
public enum Accelerator {
    /** The processor itself. */
    KVM("kvm", "max", 1),
    /**
     * QEMU's translator: everywhere to be had, and several times slower. It carries out {@code rep stosb} byte by byte, so a kernel must not
     * be told that this is the fast way to clear a page: a boot of Linux takes a fifth less for it.
     */
    TCG("tcg", "max,-erms,-fsrm", 3);

    private final String qemuName;
    private final String processor;
    private final int slowness;

    Accelerator(String qemuName, String processor, int slowness) {
        this.qemuName = qemuName;
        this.processor = processor;
        this.slowness = slowness;
    }

    public String qemuName() {
        return qemuName;
    }

    /** The processor that machines have, as QEMU's {@code -cpu} takes it. */
    String processor() {
        return processor;
    }

    /** By how much deadlines for guest work are longer than under KVM. */
    public int slowness() {
        return slowness;
    }
}
