// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

/**
 * What the UEFI application starts, in paths with backslashes.
 *
 * @param loader the EFI image that is chain-loaded
 * @param start  when it is started
 * @param driver the driver, on the same file system
 */
public record GuestProgram(String loader, Start start, String driver) {

    /** When a loader is started. */
    public enum Start {
        /** When everything is in its place, as any EFI application may be. */
        LAST("last"),
        /** Before the block is reserved: it does what it can without a plan, and calls back for the rest. */
        FIRST("first");

        private final String word;

        Start(String word) {
            this.word = word;
        }

        /** As plans have it. */
        public String word() {
            return word;
        }
    }
}
