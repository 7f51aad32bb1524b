// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.plan;

/**
 * What Driver Verifier checks, as {@code verifier /flags} takes it.
 *
 * @param bits 0 is off
 */
public record VerifierFlags(long bits) {

    public static final VerifierFlags OFF = new VerifierFlags(0);

    /**
     * The standard settings: special pool 0x1, force IRQL checking 0x2, pool tracking 0x8, I/O verification 0x10, deadlock detection
     * 0x20, DMA checking 0x80, security checks 0x100, miscellaneous checks 0x800, DDI compliance checking 0x20000.
     */
    public static final VerifierFlags STANDARD = new VerifierFlags(0x209BB);

    public boolean on() {
        return bits != 0;
    }

    String label() {
        if (!on()) {
            return "no-verifier";
        }
        return equals(STANDARD) ? "verifier" : "verifier-" + Hex.of(bits);
    }
}
