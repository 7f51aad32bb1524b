// SPDX-License-Identifier: BSD-2-Clause-Patent
package dev.holdfast.wire;

/**
 * What the UEFI application starts, in paths with backslashes.
 *
 * @param loader  the EFI image that is chain-loaded
 * @param start   when it is started
 * @param options the loader's load options, a Linux kernel's command line; may be empty
 * @param initrd  what a Linux loader gets through LoadFile2, on the same file system, or {@link #NONE}
 * @param key     a DER certificate that the guest is to trust, as shim hands it on (MokListRT), on the same file system, or {@link #NONE}
 * @param driver  the driver, on the same file system
 */
public record GuestProgram(String loader, Start start, String options, String initrd, String key, String driver) {

    /** In the place of a path. */
    public static final String NONE = "none";

    /** A loader that needs nothing but the driver. */
    public GuestProgram(String loader, Start start, String driver) {
        this(loader, start, "", NONE, NONE, driver);
    }

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
